import { newId } from '@windlass/db/ids';
import type { Database } from '@windlass/db/open-database';
import type { Sql, Tx } from '@windlass/db/sql';
import { hashPassword, verifyPassword } from 'better-auth/crypto';
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

const CREDENTIAL = `select password from account where user_id = $1 and provider_id = 'credential'`;
const REPLACE = `update account set password = $3, updated_at = now() where user_id = $1 and provider_id = 'credential' and password = $2 returning id`;

export type PasswordChange = { userId: string; sessionId: string; current: string; next: string };

/**
 * Changes a person's own password where `current` is the present one; every session but `sessionId` ends with it. Answers false
 * where it is not, or no longer. Hashing takes a tenth of a second and is done before the transaction. `told` runs within it.
 */
export async function changeOwnPassword(database: Database, change: PasswordChange, told: (tx: Tx) => Promise<void>): Promise<boolean> {
  const kept = await database.sql.row<{ password: string }>('read-credential', CREDENTIAL, [change.userId]);
  if (!kept || !(await verifyPassword({ hash: kept.password, password: change.current }))) return false;
  const hash = await hashPassword(change.next);
  return database.transaction(async (tx) => {
    if (!(await tx.row('replace-password', REPLACE, [change.userId, kept.password, hash]))) return false;
    await tx.rows('end-other-sessions', 'delete from session where user_id = $1 and id <> $2', [change.userId, change.sessionId]);
    await told(tx);
    return true;
  });
}

/** Sets a new password and ends the person's sessions. */
export async function setPassword(tx: Tx, userId: string, password: string): Promise<void> {
  const hash = await hashPassword(password);
  await tx.rows('set-password', `update account set password = $2, updated_at = now() where user_id = $1 and provider_id = 'credential'`, [userId, hash]);
  await endSessions(tx, userId);
}
