import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** 256 bits as base64url. */
export const TOKEN_FORM = /^[A-Za-z0-9_-]{43}$/;

/**
 * The token of a customer's link, derived rather than stored: it can be mailed and copied again, and a backup alone
 * opens nothing.
 */
export const artworkToken = (secret: string, linkId: string): string =>
  createHmac('sha256', secret).update(`artwork link ${linkId}`).digest('base64url');

export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

const UPLOAD_NAME = /^(upl_[0-9a-z]{26})-([A-Za-z0-9_-]{22})$/;
const sign = (secret: string, uploadId: string): string =>
  createHmac('sha256', secret).update(`artwork upload ${uploadId}`).digest('base64url').slice(0, 22);

/** What an upload is called in its address: whoever was told it may send its bytes, and nobody else. */
export const uploadName = (secret: string, uploadId: string): string => `${uploadId}-${sign(secret, uploadId)}`;

/** The id again; undefined for a name that we did not give. */
export function uploadIdOf(secret: string, name: string): string | undefined {
  const [, id, signature] = UPLOAD_NAME.exec(name) ?? [];
  if (!id || !signature) return undefined;
  return timingSafeEqual(Buffer.from(signature), Buffer.from(sign(secret, id))) ? id : undefined;
}
