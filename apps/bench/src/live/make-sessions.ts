import { createHmac } from 'node:crypto';
import { newId } from '@windlass/db/ids';
import type { Database } from '@windlass/db/open-database';
import { sessionCookie } from '@windlass/auth/read-session';
import type { BenchShop } from '../world/make-shop.ts';
import { AUTH_SECRET } from '../world/secrets.ts';

const INSERT = `insert into session (id, token, user_id, expires_at, updated_at)
  select id, token, $3, now() + interval '1 day', now() from unnest($1::text[], $2::text[]) as t(id, token)`;

/** A session for each reader, as signing in makes it but for the password's slow hash. Answers their Cookie headers. */
export async function makeSessions(database: Database, shop: BenchShop, count: number): Promise<string[]> {
  const tokens = Array.from({ length: count }, () => newId('ses').slice(4).padEnd(32, '0'));
  await database.sql.rows('bench-sessions', INSERT, [tokens.map(() => newId('ses')), tokens, shop.personId]);
  return tokens.map((token) => {
    const signature = createHmac('sha256', AUTH_SECRET).update(token).digest('base64');
    return `${sessionCookie('http://127.0.0.1')}=${encodeURIComponent(`${token}.${signature}`)}`;
  });
}
