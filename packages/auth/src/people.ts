import { newId } from '@windlass/db/ids';
import type { Sql, Tx } from '@windlass/db/sql';
import { hashPassword } from 'better-auth/crypto';
import type { Role } from './roles.ts';

export type NewPerson = { shopId: string; name: string; email: string; role: Role; password: string };

/** Adds a person who can sign in. The address must be new in the whole house; a violation names `app_user_email_key`. */
export async function createPerson(tx: Tx, person: NewPerson): Promise<string> {
  const id = newId('usr');
  const hash = await hashPassword(person.password);
  await tx.rows('create-person', 'insert into app_user (id, shop_id, name, email, role, updated_at) values ($1, $2, $3, $4, $5::role, now())', [
    id, person.shopId, person.name, person.email.toLowerCase(), person.role,
  ]);
  await tx.rows('create-credential', `insert into account (id, account_id, provider_id, user_id, password, updated_at)
    values ($1, $2, 'credential', $2, $3, now())`, [newId('acc'), id, hash]);
  return id;
}

/** Ends every session of a person: after a change of role or password a stale cookie must be worth nothing. */
export async function endSessions(sql: Sql, userId: string): Promise<void> {
  await sql.rows('end-sessions', 'delete from session where user_id = $1', [userId]);
}

/** Sets a new password and ends the person's sessions. */
export async function setPassword(tx: Tx, userId: string, password: string): Promise<void> {
  const hash = await hashPassword(password);
  await tx.rows('set-password', `update account set password = $2, updated_at = now() where user_id = $1 and provider_id = 'credential'`, [userId, hash]);
  await endSessions(tx, userId);
}
