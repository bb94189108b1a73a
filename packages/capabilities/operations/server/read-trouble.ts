import type { z } from 'zod';
import type { SignedInContext } from '../../kit/server-context.ts';
import { iso } from '../../kit/sql-text.ts';
import type { OpenBreaker, troubleOutput } from '../contract.ts';

const OPEN = `select b.key, b.title, b.last_sentence as sentence, ${iso('b.opened_at')} as "openedAt", ${iso('b.retry_at')} as "retryAt",
    (select count(*)::int from job j where j.shop_id = $1 and j.queue = b.queue and j.state in ('queued', 'retrying') and j.dispatched_at is null) as held
  from breaker b where b.open order by b.opened_at`;

/** What the house itself is troubled by: dependencies that do not answer. */
export async function readTrouble(ctx: SignedInContext): Promise<z.infer<typeof troubleOutput>> {
  return { breakers: await ctx.services.database.sql.rows<OpenBreaker>('open-breakers', OPEN, [ctx.person.shopId]) };
}
