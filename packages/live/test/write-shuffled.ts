import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@windlass/db/open-database';
import { seededRandom } from '@windlass/testkit/seeded-random';
import { recordEvents } from '../src/record-events.ts';
import { orderMoved } from './order-moved.ts';

const CHANGE = 'update subject set n = n + 1 where id = $1 returning n';
class RolledBack extends Error {}

/**
 * Eight writers at once, transactions of one to four events, some held open, some rolled back: sequence numbers are
 * committed far out of order. As the product does, an event is written after the row lock of its subject, and says how
 * often it had changed. Answers what was committed, as `subject n`.
 */
export async function writeShuffled(
  database: Database,
  { events, seed }: { events: number; seed: number },
): Promise<Set<string>> {
  const random = seededRandom(seed);
  await database.sql.rows(
    'subjects',
    'create table if not exists subject (id text primary key, n int not null default 0)',
  );
  await database.sql.rows(
    'fill',
    `insert into subject (id) select 'ord_' || n from generate_series(1, 20) n on conflict do nothing`,
  );
  const committed = new Set<string>();
  const writer = async () => {
    while (committed.size < events) {
      const told: string[] = [];
      // In the order of their ids, so that no two writers wait for each other.
      const some = Array.from({ length: 1 + Math.floor(random() * 4) }, () => `ord_${1 + Math.floor(random() * 20)}`);
      const subjects = [...new Set(some)].toSorted();
      const work = database.transaction(async (tx) => {
        for (const subject of subjects) {
          const row = await tx.row<{ n: number }>('change', CHANGE, [subject]);
          await recordEvents(tx, [orderMoved({ shopId: 'shop_a', subject, data: { n: row!.n } })]);
          told.push(`${subject} ${row!.n}`);
        }
        if (random() < 0.3) await sleep(random() * 12);
        if (random() < 0.1) throw new RolledBack();
      });
      await work.then(
        () => told.forEach((one) => committed.add(one)),
        (error: unknown) => {
          if (!(error instanceof RolledBack)) throw error;
        },
      );
    }
  };
  await Promise.all(Array.from({ length: 8 }, writer));
  return committed;
}
