import { createHash, randomBytes } from 'node:crypto';
import { newId } from '@windlass/db/ids';
import type { Sql } from '@windlass/db/sql';
import type { Machine } from './principal.ts';

const FORM = /^wl_[A-Za-z0-9_-]{43}$/;
const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Makes a key. Its secret (256 random bits) is in the answer and nowhere else: only its hash is kept. */
export async function createApiKey(
  sql: Sql,
  key: { shopId: string; name: string; createdBy: string | null },
): Promise<{ id: string; secret: string; hint: string }> {
  const id = newId('key');
  const secret = `wl_${randomBytes(32).toString('base64url')}`;
  const hint = secret.slice(-4);
  await sql.rows(
    'create-api-key',
    'insert into api_key (id, shop_id, name, secret_hash, hint, created_by) values ($1, $2, $3, $4, $5, $6)',
    [id, key.shopId, key.name, hashOf(secret), hint, key.createdBy],
  );
  return { id, secret, hint };
}

const REVOKE =
  'update api_key set revoked_at = coalesce(revoked_at, now()) where id = $1 and shop_id = $2 returning id';

/** It opens nothing any more. False: this shop has no such key. */
export const revokeKey = async (sql: Sql, key: { id: string; shopId: string }): Promise<boolean> =>
  (await sql.row('revoke-api-key', REVOKE, [key.id, key.shopId])) !== undefined;

const VERIFY = `with k as (select id, shop_id, last_used_at from api_key where secret_hash = $1 and revoked_at is null),
  used as (
    update api_key set last_used_at = now() from k
    where api_key.id = k.id and (k.last_used_at is null or k.last_used_at < now() - interval '1 minute'))
  select id, shop_id as "shopId" from k`;

/**
 * The machine behind an `Authorization: Bearer` header, or undefined. Looked up by hash, so nothing compares secrets in
 * time.
 */
export async function verifyApiKey(sql: Sql, authorization: string | undefined): Promise<Machine | undefined> {
  const secret = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
  if (!secret || !FORM.test(secret)) return undefined;
  const row = await sql.row<Omit<Machine, 'kind'>>('verify-api-key', VERIFY, [hashOf(secret)]);
  return row && { kind: 'machine', ...row };
}
