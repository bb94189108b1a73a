/** Approvals have no job of their own: their mail is a delivery, written by compose-bundle-links.ts. */
export const handlers = {};
