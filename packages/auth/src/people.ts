import { newId } from '@windlass/db/ids';
import type { Database } from '@windlass/db/open-database';
import type { Sql, Tx } from '@windlass/db/sql';
import { hashPassword } from 'better-auth/crypto';
import type { HashTurn } from './hash-turns.ts';
import { checkPassword, makeHash, storePassword } from './passwords.ts';
import type { Role } from './roles.ts';

export type NewPerson = { shopId: string; name: string; email: string; role: Role; password: string };

/**
 * Adds a person who can sign in. The address must be new in the whole house; a violation names `app_user_email_key`.
 */
export async function createPerson(tx: Tx, person: NewPerson): Promise<string> {
  const id = newId('usr');
  const hash = await hashPassword(person.password);
  await tx.rows(
    'create-person',
    'insert into app_user (id, shop_id, name, email, role, updated_at) values ($1, $2, $3, $4, $5::role, now())',
    [id, person.shopId, person.name, person.email.toLowerCase(), person.role],
  );
  await storePassword(tx, id, hash);
  return id;
}

const INVITE = `insert into app_user (id, shop_id, name, email, invited_email, role, updated_at)
  values ($1, $2, $3, $1 || '@invited.invalid', $4, $5::role, now())
  on conflict (shop_id, invited_email) do nothing returning id`;

/**
 * Adds a person who has an address and no password yet. It is not theirs before they take the invitation up, so it may
 * be somebody's in another shop, and nobody learns of it. Undefined: this shop has invited it already.
 */
export async function createInvited(tx: Tx, person: Omit<NewPerson, 'password'>): Promise<string | undefined> {
  const row = await tx.row<{ id: string }>('create-invited', INVITE, [
    newId('usr'),
    person.shopId,
    person.name,
    person.email.toLowerCase(),
    person.role,
  ]);
  return row?.id;
}

/** The invitation is taken up. A violation of `app_user_email_key`: the address has become somebody's meanwhile. */
export async function acceptInvitation(tx: Tx, userId: string): Promise<void> {
  await tx.rows(
    'accept-invitation',
    'update app_user set email = invited_email, invited_email = null, updated_at = now() where id = $1 and invited_email is not null',
    [userId],
  );
}

const SET_ROLE = 'update app_user set role = $2::role, updated_at = now() where id = $1';
/** What somebody may do from now on. Their sessions are the caller's to end. */
export const setRoleOf = async (tx: Tx, userId: string, role: Role): Promise<void> =>
  void (await tx.rows('set-role', SET_ROLE, [userId, role]));

const SET_DISABLED =
  'update app_user set disabled_at = case when $2 then coalesce(disabled_at, now()) end, updated_at = now() where id = $1';
/** Disabled, nothing of theirs signs in any more; enabled, they have the password they had. */
export const setDisabled = async (tx: Tx, userId: string, disabled: boolean): Promise<void> =>
  void (await tx.rows('set-disabled', SET_DISABLED, [userId, disabled]));

const REMOVE = `update app_user set removed_at = now(), email = id || '@removed.invalid', invited_email = null,
  updated_at = now() where id = $1`;
/** The name stays, because the record says who did what; the address is free again, and the passwords are gone. */
export async function removeUser(tx: Tx, userId: string): Promise<void> {
  await tx.rows('remove-person', REMOVE, [userId]);
  await tx.rows('remove-credential', 'delete from account where user_id = $1', [userId]);
  await tx.rows('remove-used-passwords', 'delete from used_password where user_id = $1', [userId]);
}

/** Ends every session of a person: after a change of role or password a stale cookie must be worth nothing. */
export async function endSessions(sql: Sql, userId: string): Promise<void> {
  await sql.rows('end-sessions', 'delete from session where user_id = $1', [userId]);
}

const CREDENTIAL = `select password from account
  where user_id = $1 and provider_id = 'credential' and password is not null`;

export type PasswordChange = { userId: string; sessionId: string; hash: string; next: string };

/** The hash of a person's password where `password` is it. Wants the lane's turn, as all hashing does. */
export async function findOwnHash(
  sql: Sql,
  { userId, password }: { userId: string; password: string },
  turn: HashTurn,
): Promise<string | undefined> {
  const kept = await sql.row<{ password: string }>('read-credential', CREDENTIAL, [userId]);
  return kept && (await checkPassword(turn, kept.password, password)) ? kept.password : undefined;
}

/**
 * Changes a person's own password where `hash` is still the present one's; every session but `sessionId` ends with it.
 * Answers false where it is no longer. Hashing takes a tenth of a second and is done before the transaction. `told`
 * runs within it.
 */
export async function changeOwnPassword(
  database: Database,
  change: PasswordChange,
  told: (tx: Tx) => Promise<void>,
): Promise<boolean> {
  const hash = await makeHash({ lane: 'known', from: change.userId }, change.next);
  return database.transaction(async (tx) => {
    await tx.rows('lock-own-person', 'select 1 from app_user where id = $1 for update', [change.userId]); // before their passwords and links, as everywhere
    const kept = await tx.row<{ password: string }>('lock-credential', `${CREDENTIAL} for update`, [change.userId]);
    if (kept?.password !== change.hash) return false;
    await storePassword(tx, change.userId, hash);
    await tx.rows('end-other-sessions', 'delete from session where user_id = $1 and id <> $2', [
      change.userId,
      change.sessionId,
    ]);
    await told(tx);
    return true;
  });
}

/** Sets a new password and ends the person's sessions. */
export async function setPassword(tx: Tx, userId: string, password: string): Promise<void> {
  await storePassword(tx, userId, await hashPassword(password));
  await endSessions(tx, userId);
}
