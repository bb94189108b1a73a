import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import { type Contender, type ContenderOptions, countDown } from './contender.ts';

/** graphile-worker as it comes, with as many jobs at once as ours. */
export async function openGraphile({ databaseUrl, concurrency }: ContenderOptions): Promise<Contender> {
  const logger = new Logger(() => () => {});
  const utils = await makeWorkerUtils({ connectionString: databaseUrl, logger });
  await utils.migrate();
  const ended = countDown();
  let filled = 0;
  return {
    async fill(count) {
      await utils.withPgClient((client) =>
        client.query(`select graphile_worker.add_job('empty', '{}'::json) from generate_series(1, $1::int)`, [count]),
      );
      filled = count;
    },
    async drain() {
      const all = ended.expect(filled);
      const runner = await run({
        connectionString: databaseUrl,
        concurrency,
        noHandleSignals: true,
        pollInterval: 500,
        logger,
        taskList: { empty: async () => {} },
      });
      runner.events.on('job:complete', ended.hit);
      await all;
      await runner.stop();
    },
    close: async () => void (await utils.release()),
  };
}
