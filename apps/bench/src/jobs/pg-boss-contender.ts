import { PgBoss } from 'pg-boss';
import { type Contender, type ContenderOptions, countDown } from './contender.ts';

const NAME = 'empty';
const BATCHES = { batchSize: 100, burstWhenBatchFull: true, pollingIntervalSeconds: 0.5 };

/** pg-boss at its fastest: batches of 100 that are fetched without a pause while there are more, and settled as one. */
export async function openPgBoss({ databaseUrl }: ContenderOptions): Promise<Contender> {
  const boss = new PgBoss({ connectionString: databaseUrl, max: 10, supervise: false, schedule: false });
  boss.on('error', (error) => console.error(error));
  await boss.start();
  await boss.createQueue(NAME);
  const ended = countDown();
  let filled = 0;
  return {
    async fill(count) {
      await boss.insert(
        NAME,
        Array.from({ length: count }, () => ({ data: {} })),
      );
      filled = count;
    },
    async drain() {
      const all = ended.expect(filled);
      await boss.work(NAME, BATCHES, async (jobs) => jobs.forEach(ended.hit));
      await all;
      await boss.offWork(NAME);
    },
    close: () => boss.stop({ graceful: false }),
  };
}
