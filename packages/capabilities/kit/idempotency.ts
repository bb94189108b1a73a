import { createHash } from 'node:crypto';
import type { Database } from '@windlass/db/open-database';
import type { Sql, Tx } from '@windlass/db/sql';
import { Refusal } from './refusal.ts';

export type KeyedRequest = {
  /** Who sent it: the same key of two senders is two keys. */
  scope: string;
  key: string;
  /** Everything that makes the request what it is. */
  body: unknown;
};
export type KeyedAnswer<Answer> = { status: number; answer: Answer; replayed: boolean };

/** Printable ASCII, at most 255 characters. */
const KEY_FORM = /^[\x21-\x7e]{1,255}$/;

const CLAIM = `insert into idempotency_key (scope, key, request_hash)
  values ($1, $2, $3) on conflict (scope, key) do nothing returning key`;
const FIND = `select request_hash as "hash", status, response from idempotency_key where scope = $1 and key = $2`;
const KEEP = `update idempotency_key set status = $3, response = $4 where scope = $1 and key = $2`;

/** SQLSTATE of a lock that was not given within the limit: the first request with this key is still at work. */
const LOCK_NOT_AVAILABLE = '55P03';

function refuseWaiting(error: Error & { code?: string }): never {
  if (error.code !== LOCK_NOT_AVAILABLE) throw error;
  throw new Refusal('conflict', 'KEY_IN_PROGRESS', {
    message:
      'The first request with this Idempotency-Key is still being worked on. Try again with the same key in a second.',
    retryAfterSeconds: 1,
  });
}

/** Deletes keys that are past their day: who sends one again makes a second order. */
export const pruneIdempotencyKeys = async (sql: Sql): Promise<void> =>
  void (await sql.rows(
    'prune-idempotency-keys',
    `delete from idempotency_key where created_at < now() - interval '24 hours'`,
  ));

/**
 * Does `work` once for a key, in one transaction with the key itself: a second request with the same body gets the
 * first answer, one with another body is refused. A second request during the first waits for it, at most the lock
 * timeout of 2 s; then it is refused with the word to try again.
 */
export async function oncePerKey<Answer>(
  database: Database,
  request: KeyedRequest,
  work: (tx: Tx) => Promise<{ status: number; answer: Answer }>,
): Promise<KeyedAnswer<Answer>> {
  if (!KEY_FORM.test(request.key)) {
    throw new Refusal('bad-request', 'BAD_IDEMPOTENCY_KEY', {
      message: 'Idempotency-Key must be 1 to 255 printable characters without spaces.',
    });
  }
  const hash = createHash('sha256').update(JSON.stringify(request.body)).digest();
  return database.transaction(async (tx) => {
    // A concurrent holder of the key makes this insert wait until it commits or rolls back.
    const claimed = await tx
      .row('claim-idempotency-key', CLAIM, [request.scope, request.key, hash])
      .catch(refuseWaiting);
    if (!claimed) {
      const first = (await tx.row<{ hash: Buffer; status: number; response: Answer }>('find-idempotency-key', FIND, [
        request.scope,
        request.key,
      ]))!;
      if (!first.hash.equals(hash)) {
        throw new Refusal('invalid', 'KEY_REUSED', {
          message: 'This Idempotency-Key was used for another request. Use a new key for a new request.',
        });
      }
      return { status: first.status, answer: first.response, replayed: true };
    }
    const done = await work(tx);
    await tx.rows('keep-idempotent-answer', KEEP, [
      request.scope,
      request.key,
      done.status,
      JSON.stringify(done.answer),
    ]);
    return { ...done, replayed: false };
  });
}
