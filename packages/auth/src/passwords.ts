import { newId } from '@windlass/db/ids';
import type { Sql, Tx } from '@windlass/db/sql';
import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { estimateStrength } from './estimate-strength.ts';
import { type HashTurn, inTurn } from './hash-turns.ts';

/** How many passwords before the present one may not come back. */
const USED_KEPT = 5;
/** zxcvbn's "safely unguessable": more than 10^8 guesses. */
const LEAST_SCORE = 3;
/** Everybody's first idea here. */
const HOUSE = 'windlass';

/** Does this password belong to this hash? Waits for its turn; throws NoTurn where too many wait. */
export const checkPassword = (turn: HashTurn, hash: string, password: string): Promise<boolean> =>
  inTurn(turn, () => verifyPassword({ hash, password }));

export const makeHash = (turn: HashTurn, password: string): Promise<string> =>
  inTurn(turn, () => hashPassword(password));

const FACTS = `select u.name, coalesce(u.invited_email, u.email) as email, h.name as "shopName",
    array(select password from account where user_id = u.id and provider_id = 'credential' and password is not null) ||
    array(select password from used_password where user_id = u.id
      order by replaced_at desc, id desc limit ${USED_KEPT}) as hashes
  from app_user u join shop h on h.id = u.shop_id where u.id = $1`;
type Facts = { name: string; email: string; shopName: string; hashes: string[] };

/**
 * Why a person may not take this password, as a sentence: easy to guess, of themselves or the shop, or one they had.
 * Undefined: they may.
 */
export async function faultOfPassword(
  sql: Sql,
  { userId, password }: { userId: string; password: string },
  turn: HashTurn,
): Promise<string | undefined> {
  const facts = await sql.row<Facts>('facts-for-password', FACTS, [userId]);
  if (!facts) return undefined; // gone meanwhile: what follows says so
  const weakness = await inTurn(turn, () => weaknessOf(password, [facts.name, facts.email, facts.shopName]));
  if (weakness) return weakness;
  for (const hash of facts.hashes) {
    if (await checkPassword(turn, hash, password)) return 'You have had this password before. Choose a new one.';
  }
  return undefined;
}

/** `about`: what belongs to the person. A password must be strong without any of it, too. */
export async function weaknessOf(password: string, about: readonly string[]): Promise<string | undefined> {
  const known = [...about, HOUSE].flatMap(wordsOf);
  const [whole, rest] = await estimateStrength([
    { password, about: known },
    { password: without(known, password), about: [] },
  ]);
  if (whole!.score >= LEAST_SCORE && rest!.score >= LEAST_SCORE) return undefined;
  const { warning } = whole!;
  return `Too easy to guess. ${warning ? `${warning} ` : ''}Three or four words that have nothing to do with each other are better.`;
}

const without = (words: readonly string[], password: string): string =>
  words.reduce((rest, word) => rest.replaceAll(word.toLowerCase(), ''), password.toLowerCase());

/** As it is, run together, and each of its words. */
const wordsOf = (text: string): string[] => {
  const words = text.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length >= 3);
  return [text, words.join(''), ...words];
};

const STORE = `with was as (select id, password
  from account where user_id = $1 and provider_id = 'credential' for update),
  changed as (update account a set password = $2, updated_at = now() from was where a.id = was.id),
  first as (
    insert into account (id, account_id, provider_id, user_id, password, updated_at)
    select $4, $1, 'credential', $1, $2, now() where not exists (select 1 from was)),
  kept as (insert into used_password (id, user_id, password) select $3, $1, password
    from was where password is not null)
  delete from used_password where user_id = $1 and id not in (
    select id from used_password where user_id = $1 order by replaced_at desc, id desc limit ${USED_KEPT - 1})`;

/** Makes a hash the person's password, and keeps the one before among the used. */
export async function storePassword(tx: Tx, userId: string, hash: string): Promise<void> {
  await tx.rows('store-password', STORE, [userId, hash, newId('upw'), newId('acc')]);
}
