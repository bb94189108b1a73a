import { createHmac, timingSafeEqual } from 'node:crypto';

/** 132 bits. */
const SIGNATURE_LETTERS = 22;
const FORM = /^([a-z]{2,5}_[0-9a-z]{26})-([A-Za-z0-9_-]{22})$/;

type Signed = {
  /** What it opens: a signature for one purpose is none for another. */
  purpose: string;
};

const sign = (secret: string, purpose: string, id: string): string =>
  createHmac('sha256', secret).update(`${purpose} ${id}`).digest('base64url').slice(0, SIGNATURE_LETTERS);

/** An id that we gave to somebody, `<id>-<signature>`: the id alone opens nothing. */
export const signId = (secret: string, { purpose, id }: Signed & { id: string }): string =>
  `${id}-${sign(secret, purpose, id)}`;

/** The id again; undefined for what we did not sign for this purpose. */
export function readSignedId(secret: string, { purpose, token }: Signed & { token: string }): string | undefined {
  const [, id, signature] = FORM.exec(token) ?? [];
  if (!id || !signature) return undefined;
  return timingSafeEqual(Buffer.from(signature), Buffer.from(sign(secret, purpose, id))) ? id : undefined;
}
