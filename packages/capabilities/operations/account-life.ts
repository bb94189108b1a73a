/**
 * How long a link to choose a password lives, from the moment its mail is sent. Its own file: the sign-in page says it,
 * and needs nothing else.
 */
export const ACCOUNT_LINK_MINUTES = 60;
