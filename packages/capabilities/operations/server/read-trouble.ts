import { isParked } from '@windlass/queue/jobs/waiting';
import type { z } from 'zod';
import { readHold } from '../../deliveries/operations.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { iso } from '../../kit/sql-text.ts';
import { nextOrderNumber } from '../../orders/operations.ts';
import type { OpenBreaker, troubleOutput } from '../contract.ts';

const OPEN = `select b.key, b.title, b.last_sentence as sentence, ${iso('b.opened_at')} as "openedAt",
  ${iso('b.retry_at')} as "retryAt",
    (select count(*)::int from job j where j.shop_id = $1 and j.queue = b.queue and j.state in ('queued', 'retrying')
      and j.dispatched_at is null and (b.holds_queue or j.held_by = b.key) and not (${isParked('j')})) as held
  from breaker b where b.open order by b.opened_at`;

/**
 * What the house itself is troubled by: dependencies that do not answer, a restored backup, and, for whoever can mend
 * it, a proxy it was not told of.
 */
export async function readTrouble(ctx: SignedInContext): Promise<z.infer<typeof troubleOutput>> {
  const { sql } = ctx.services.database;
  const { shopId } = ctx.person;
  const [breakers, held, nextNumber] = await Promise.all([
    sql.rows<OpenBreaker>('open-breakers', OPEN, [shopId]),
    readHold(sql, shopId),
    nextOrderNumber(sql, shopId),
  ]);
  const hold = held ? { since: held.since.toISOString(), waiting: held.waiting, nextNumber } : null;
  return { breakers, hold, unknownProxy: ctx.behindUnknownProxy && ctx.person.role === 'admin' };
}
