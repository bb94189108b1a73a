import { createHash, createHmac } from 'node:crypto';

/** 256 bits as base64url. Anything of another form is no token of ours and costs no look at the database. */
export const TOKEN_FORM = /^[A-Za-z0-9_-]{43}$/;

/**
 * The token with which somebody chooses a password, derived from a secret rather than stored: each try at the same mail
 * carries the same link, and nothing that is written down (rows, jobs, logs, copies) holds it. See docs/decisions/0018.
 */
export const accountToken = (secret: string, deliveryId: string): string =>
  createHmac('sha256', secret).update(`account:${deliveryId}`).digest('base64url');

export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();
