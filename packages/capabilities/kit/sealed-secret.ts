import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const NONCE = 12;
const TAG = 16;

const keyFrom = (master: string): Buffer => Buffer.from(hkdfSync('sha256', master, '', 'windlass sealed secret', 32));

/**
 * Seals a secret that must be used again, such as a webhook's: AES-256-GCM under a key derived from the house's own
 * secret, bound to `owner` so that one row's secret cannot be put into another. A database backup alone signs nothing.
 */
export function sealSecret(secret: string, { master, owner }: { master: string; owner: string }): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', keyFrom(master), nonce).setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** The secret again; undefined where the house's own secret has changed since, or the row is not `owner`'s. */
export function openSecret(
  sealed: Uint8Array,
  { master, owner }: { master: string; owner: string },
): string | undefined {
  const bytes = Buffer.from(sealed);
  const decipher = createDecipheriv('aes-256-gcm', keyFrom(master), bytes.subarray(0, NONCE), {
    authTagLength: TAG,
  }).setAAD(Buffer.from(owner));
  decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]).toString('utf8');
  } catch {
    return undefined; // the tag does not fit: told to the caller, who says what to do
  }
}
