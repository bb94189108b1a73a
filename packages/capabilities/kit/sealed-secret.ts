import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Refusal } from './refusal.ts';
import type { SealKeys } from './seal-keys.ts';

const NONCE = 12;
const TAG = 16;
/** Begins what carries its key's id. Its last character is the form's version. */
const MARK = 'wls1';

/** Whose secret it is, such as a row's id, and the house's keys. */
export type Seal = { keys: SealKeys; owner: string };

/**
 * Seals a secret that must be used again, such as a webhook's, under the first of the keys: AES-256-GCM, bound to
 * `owner` so that one row's secret cannot be put into another. A database backup alone signs nothing.
 *
 *     wls1 | length of the id | id | nonce | tag | the secret, encrypted
 *
 * Throws a Refusal where the house has no key to seal with.
 */
export function sealSecret(secret: string, { keys, owner }: Seal): Buffer {
  const [first] = keys.named;
  if (!first)
    throw new Refusal('conflict', 'NO_SEAL_KEY', {
      message: 'No secret can be kept here yet: whoever runs this Windlass sets SEAL_KEYS (README, Configuration).',
    });
  const head = headOf(first.id);
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', first.key, nonce).setAAD(Buffer.concat([head, Buffer.from(owner)]));
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([head, nonce, cipher.getAuthTag(), sealed]);
}

/** The secret again; undefined where no key of this house opens it, or the row is not `owner`'s. */
export const openSecret = (sealed: Uint8Array, seal: Seal): string | undefined => openSealed(sealed, seal)?.secret;

/** Also by which key; null: by the one of AUTH_SECRET, and without a head, as everything was sealed once. */
export function openSealed(
  sealed: Uint8Array,
  { keys, owner }: Seal,
): { secret: string; keyId: string | null } | undefined {
  const bytes = Buffer.from(sealed);
  for (const { id, key } of keys.named) {
    const head = headOf(id);
    if (!bytes.subarray(0, head.length).equals(head)) continue;
    const secret = decrypt(bytes.subarray(head.length), key, Buffer.concat([head, Buffer.from(owner)]));
    if (secret !== undefined) return { secret, keyId: id };
  }
  // Whatever it begins with: a nonce may look like a head, and the tag alone proves which it is.
  const secret = decrypt(bytes, keys.former, Buffer.from(owner));
  return secret === undefined ? undefined : { secret, keyId: null };
}

const headOf = (id: string): Buffer => Buffer.from(`${MARK}${String.fromCharCode(id.length)}${id}`, 'latin1');

/** Nonce, tag and what follows them; undefined where the tag does not fit. */
function decrypt(bytes: Buffer, key: Buffer, bound: Buffer): string | undefined {
  if (bytes.length < NONCE + TAG) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE), { authTagLength: TAG })
    .setAAD(bound)
    .setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]).toString('utf8');
  } catch {
    return undefined; // told to the caller, who says what to do
  }
}
