import type { Tx } from '@windlass/db/sql';
import { oncePerKey } from './idempotency.ts';
import type { SignedInContext } from './server-context.ts';

/**
 * Runs a person's change in one transaction. A client that sends an `Idempotency-Key` may send the same click again
 * when its answer was lost: it gets the first answer, word for word. Without a key a repeated click is told how things
 * stand by then.
 */
export async function oncePerClick<Answer>(
  ctx: SignedInContext,
  click: { operation: string; input: unknown },
  work: (tx: Tx) => Promise<Answer>,
): Promise<Answer> {
  const { database } = ctx.services;
  if (ctx.idempotencyKey === undefined) return database.transaction(work);
  const request = { scope: `${click.operation}:${ctx.person.id}`, key: ctx.idempotencyKey, body: click.input };
  const { answer } = await oncePerKey(database, request, async (tx) => ({ status: 200, answer: await work(tx) }));
  return answer;
}
