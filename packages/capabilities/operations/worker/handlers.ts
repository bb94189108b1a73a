/** No job of its own. */
export const handlers = {};
