import { createHash, createHmac } from 'node:crypto';

/** 256 bits as base64url. Anything of another form is no token of ours and costs no look at the database. */
export const TOKEN_FORM = /^[A-Za-z0-9_-]{43}$/;

/**
 * The token of a link, derived from a secret rather than stored: a second attempt at the same mail then carries the
 * very same link, an operator can copy it, and the database alone (a backup, a replica) opens nothing. See
 * docs/decisions/0005.
 */
export const linkToken = (secret: string, link: { deliveryId: string; bundleId: string }): string =>
  createHmac('sha256', secret).update(`${link.deliveryId}:${link.bundleId}`).digest('base64url');

export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();
