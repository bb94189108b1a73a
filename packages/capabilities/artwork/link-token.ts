import { createHash, createHmac } from 'node:crypto';
import { readSignedId, signId } from '../kit/signed-id.ts';

/** 256 bits as base64url. */
export const TOKEN_FORM = /^[A-Za-z0-9_-]{43}$/;

/**
 * The token of a customer's link, derived rather than stored: it can be mailed and copied again, and a backup alone
 * opens nothing.
 */
export const artworkToken = (secret: string, linkId: string): string =>
  createHmac('sha256', secret).update(`artwork link ${linkId}`).digest('base64url');

export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

const UPLOAD = { purpose: 'artwork upload' };

/** What an upload is called in its address: whoever was told it may send its bytes, and nobody else. */
export const uploadName = (secret: string, uploadId: string): string => signId(secret, { ...UPLOAD, id: uploadId });

/** The id again; undefined for a name that we did not give. */
export const uploadIdOf = (secret: string, name: string): string | undefined =>
  readSignedId(secret, { ...UPLOAD, token: name });
