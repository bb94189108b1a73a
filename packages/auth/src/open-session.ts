import { randomBytes } from 'node:crypto';
import { newId } from '@windlass/db/ids';
import type { Sql } from '@windlass/db/sql';
import type { Context } from 'hono';
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie';
import { cookieAttributes, type CookieOptions } from './cookies.ts';
import { sessionCookie } from './read-session.ts';

const SESSION_DAYS = 7;

/**
 * The password is compared again under lock: a session opened while it is being changed, or its person disabled, either
 * is not opened or is ended with the others.
 */
const OPEN = `with allowed as materialized (
    select u.id from app_user u join account a on a.user_id = u.id and a.provider_id = 'credential'
    where u.id = $3 and a.password = $4 and u.disabled_at is null and u.removed_at is null for share)
  insert into session (id, token, user_id, user_agent, expires_at, updated_at)
  select $1, $2, id, $5, now() + interval '${SESSION_DAYS} days', now() from allowed returning id`;

export type NewSession = { userId: string; hash: string };

/**
 * Opens a session and sets its cookie, where the person may sign in and `hash` is their present password's. False: not
 * any more.
 */
export async function openSession(
  c: Context,
  sql: Sql,
  { userId, hash, baseUrl, secret }: NewSession & CookieOptions,
): Promise<boolean> {
  const token = randomBytes(32).toString('base64url');
  const agent = (c.req.header('user-agent') ?? '').slice(0, 500);
  if (!(await sql.row('open-session', OPEN, [newId('ses'), token, userId, hash, agent]))) return false;
  await setSignedCookie(c, sessionCookie(baseUrl), token, secret, cookieAttributes(baseUrl, SESSION_DAYS));
  return true;
}

/** Ends the session of a request, if there is one. */
export async function closeSession(c: Context, sql: Sql, { baseUrl, secret }: CookieOptions): Promise<void> {
  const token = await getSignedCookie(c, secret, sessionCookie(baseUrl));
  if (token) await sql.rows('close-session', 'delete from session where token = $1', [token]);
  deleteCookie(c, sessionCookie(baseUrl), cookieAttributes(baseUrl, 0));
}
