import type { Sql } from '@windlass/db/sql';
import type { Context } from 'hono';
import { getSignedCookie } from 'hono/cookie';
import { cookieName, type CookieOptions } from './cookies.ts';
import type { Person } from './principal.ts';

export const sessionCookie = (baseUrl: string): string => cookieName(baseUrl, 'session_token');

const SELECT = `select s.id as "sessionId", u.id, u.shop_id as "shopId", h.name as "shopName", u.role, u.name, u.email
  from session s join app_user u on u.id = s.user_id join shop h on h.id = u.shop_id
  where s.token = $1 and s.expires_at > now() and u.disabled_at is null and u.removed_at is null`;

/** Who sends this request, or undefined. One statement; a cookie with a wrong signature asks nothing. */
export async function readSession(c: Context, sql: Sql, options: CookieOptions): Promise<Person | undefined> {
  const token = await getSignedCookie(c, options.secret, sessionCookie(options.baseUrl));
  if (!token) return undefined;
  const row = await sql.row<Omit<Person, 'kind'>>('read-session', SELECT, [token]);
  return row && { kind: 'person', ...row };
}

/** Is this session still good? Asked by open streams. */
export async function sessionIsAlive(sql: Sql, sessionId: string): Promise<boolean> {
  return (
    (await sql.row('session-is-alive', 'select 1 as yes from session where id = $1 and expires_at > now()', [
      sessionId,
    ])) !== undefined
  );
}
