import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@windlass/db/open-database';
import { queueWake } from '@windlass/queue/jobs/queues';
import { nowMs } from '../measure/clock.ts';

/**
 * Ends the undo window of everything withheld, all at once, as time itself would. Answers when, in ms of the shared
 * clock.
 */
export async function releaseDeliveries(database: Database): Promise<number> {
  let released = 0;
  await database.transaction(async (tx) => {
    await tx.rows('bench-release', `update delivery set held_until = now() where state = 'withheld'`);
    await tx.rows('bench-due', `update job set run_after = now() where state = 'scheduled'`);
    tx.wake(queueWake('mail'));
    released = nowMs();
  });
  return released;
}

/**
 * Waits until no delivery is under way: everything has been written down, and the next round begins on a quiet house.
 */
export async function untilSettled(database: Database): Promise<void> {
  const OPEN = `select id from job where shop_id is not null
    and state in ('queued', 'active', 'scheduled', 'retrying') limit 1`;
  while ((await database.sql.row('bench-open-jobs', OPEN)) !== undefined) await sleep(20);
}
