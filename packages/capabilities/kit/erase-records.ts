import { forgetLimits } from '@windlass/auth/limits';
import type { Sql } from '@windlass/db/sql';
import { rewriteEvents } from '@windlass/live/rewrite-events';
import { rewriteJobs } from '@windlass/queue/upkeep/rewrite-jobs';
import { anywhere, ERASED, names, type ForgottenPerson, scrubOf } from './scrub.ts';

const AUDITS = `select id, data from audit_entry
  where shop_id = $1 and (subject = any($2::text[]) or data::text ilike $3)`;
const KEEP_AUDIT = `update audit_entry set data = $2 where id = $1`;
/**
 * A key's first answer is kept for a day. The key itself stays, so that the request sent again makes no second order.
 */
const ANSWERS = `select scope, key, response from idempotency_key where response::text ilike $1`;
const KEEP_ANSWER = `update idempotency_key set response = $3 where scope = $1 and key = $2`;

/**
 * In the story of a person's own orders these are somebody's words about them, or the name of a file that may be long
 * gone.
 */
const WORDS = ['note', 'notes', 'name'];
const withoutWords = (data: unknown): unknown =>
  Object.fromEntries(
    Object.entries(data as Record<string, unknown>).map(([key, value]) => [
      key,
      WORDS.includes(key) && typeof value === 'string' ? ERASED : value,
    ]),
  );

/**
 * Takes a person out of what the house keeps beside its business: events, jobs, audit, answers to keys, limits.
 * `subjects`: their orders, artworks and messages.
 */
export async function eraseFromRecords(sql: Sql, person: ForgottenPerson, subjects: readonly string[]): Promise<void> {
  const { shopId } = person;
  const { text, json } = scrubOf(person.texts);
  const mentioning = anywhere(person.address);
  /** What is not of their own orders may only look as if it named them: a longer address contains theirs. */
  const ifNamed = (data: unknown) => (names(JSON.stringify(data), person.address) ? json(data) : data);
  await rewriteEvents(sql, {
    shopId,
    subjects,
    mentioning,
    rewrite: (data, own) => (own ? json(withoutWords(data)) : ifNamed(data)),
  });
  await rewriteJobs(sql, { shopId, subjects, mentioning, text, json });
  for (const { id, data } of await sql.rows<{ id: string; data: unknown }>('audits-of-person', AUDITS, [
    shopId,
    subjects,
    mentioning,
  ])) {
    await sql.rows('rewrite-audit', KEEP_AUDIT, [id, JSON.stringify(ifNamed(data))]);
  }
  for (const { scope, key, response } of await sql.rows<{ scope: string; key: string; response: unknown }>(
    'answers-of-person',
    ANSWERS,
    [mentioning],
  )) {
    await sql.rows('rewrite-answer', KEEP_ANSWER, [scope, key, JSON.stringify(ifNamed(response))]);
  }
  await forgetLimits(sql, mentioning);
}
