import type { Sql } from '@windlass/db/sql';
import { recordEvents } from '@windlass/live/record-events';
import { RetryLater } from '@windlass/queue/jobs/errors';
import type { JobHandler } from '@windlass/queue/jobs/job-context';
import { artworkAtWork, stopArtwork } from '../../artwork/operations.ts';
import { closeDownloadLinks } from '../../approvals/operations.ts';
import { deliveriesLeaving, stopDeliveries } from '../../deliveries/operations.ts';
import type { WorkerServices } from '../../kit/worker-services.ts';
import type { jobs } from '../contract.ts';
import { findPerson } from '../find-person.ts';
import { erasePerson } from './erase-person.ts';
import { erasureFinished } from '../events.ts';

const FIND = `select shop_id as "shopId", address
  from customer_erasure where id = $1 and state = 'running' and address is not null`;
const OBJECTS_LEFT = `select count(*)::int as count
  from job where subject = $1 and name = 'artwork.discard' and state in ('scheduled', 'queued', 'active', 'retrying')`;
const FINISH = `update customer_erasure set state = 'done', address = null, finished_at = now()
  where id = $1 returning shop_id as "shopId"`;

/**
 * Forgets a person: first everything of theirs is stopped, then what runs is waited for (it would write of them
 * afterwards), then all of it is erased, their orders last, so that a start after a crash finds the rest by them.
 */
export const run: JobHandler<(typeof jobs)['customers.erase'], WorkerServices> = async (context, services) => {
  const { database } = services;
  const { erasureId } = context.payload;
  const who = await database.sql.row<{ shopId: string; address: string }>('erasure-to-run', FIND, [erasureId]);
  if (!who) return;
  const person = await findPerson(database.sql, who);
  const { orderIds, deliveryIds, artworkIds } = person;
  await context.step(
    'stop',
    () =>
      database.transaction(async (tx) => {
        await stopDeliveries(tx, deliveryIds);
        await closeDownloadLinks(tx, orderIds);
        await stopArtwork(tx, orderIds, artworkIds);
      }),
    { rerun: true },
  );
  await waitFor(
    async () => (await deliveriesLeaving(database.sql, deliveryIds)) + (await artworkAtWork(database.sql, artworkIds)),
    'A mail or a picture of theirs is just being made.',
  );
  await context.step('erase', () => erasePerson(services, { person, erasureId, progress: context.progress }));
  await context.step(
    'files',
    () => waitFor(() => countLeft(database.sql, erasureId), 'Their files are being removed.'),
    { rerun: true },
  );
  await database.transaction(async (tx) => {
    const done = await tx.row<{ shopId: string }>('finish-erasure', FINISH, [erasureId]);
    if (done) await recordEvents(tx, [erasureFinished({ shopId: done.shopId, subject: erasureId })]);
  });
};

const countLeft = async (sql: Sql, erasureId: string): Promise<number> =>
  (await sql.row<{ count: number }>('objects-left-to-remove', OBJECTS_LEFT, [erasureId]))!.count;

/** Comes back in a moment, without spending a try, as long as something is left. */
async function waitFor(countLeftNow: () => Promise<number>, sentence: string): Promise<void> {
  const left = await countLeftNow();
  if (left > 0)
    throw new RetryLater(
      { code: 'NOT_YET', message: `${left} left`, sentence, hint: 'Nothing to do.' },
      { uncounted: true, afterMs: 500 },
    );
}
