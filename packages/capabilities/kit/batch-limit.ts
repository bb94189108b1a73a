/**
 * A page asks for some ten things at once, and each may cost a connection to the database. Browsers send no more in one
 * batch, and no more are taken.
 */
export const MOST_CALLS = 20;
