import { openDatabase } from '@windlass/db/open-database';
import { listenForWakes } from '@windlass/db/wake';
import { openEngine } from '@windlass/queue/dispatch/engine';
import { queueWake } from '@windlass/queue/jobs/queues';
import { startWorker } from '@windlass/queue/worker/start-worker';
import { benchHandlers, emptyJob, reportingJob } from './bench-jobs.ts';
import { type Contender, type ContenderOptions, countDown } from './contender.ts';

/** What `enqueue` writes, for many at once: the row and its event. Ten groups take turns. */
const FILL = `with made as (
    insert into job (id, name, queue, payload, state, max_attempts, group_key)
    select 'job_' || lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') || lpad(to_hex(n),
      14, '0'), $2,
    'default', '{}', 'queued', 1, 'group-' || n % 10
    from generate_series(1, $1::int) n returning id)
  insert into event (topic, subject, type, data) select 'jobs', id, 'job.queued', jsonb_build_object('name', $2::text)
    from made`;

/** The house's own worker, wired as apps/worker wires it. */
export async function openWindlass({ databaseUrl, engineUrl, onStart }: ContenderOptions): Promise<Contender> {
  const report = (error: Error) => console.error(error);
  const sent = new Map<string, number>();
  const onStatement = (name: string) => void sent.set(name, (sent.get(name) ?? 0) + 1);
  const database = openDatabase({
    url: databaseUrl,
    poolSize: 8,
    applicationName: 'windlass worker',
    report,
    onStatement,
  });
  const wakes = listenForWakes(databaseUrl, report);
  const engine = await openEngine(engineUrl, report);
  const ended = countDown();
  const worker = await startWorker<undefined>({
    database,
    wakes,
    engine,
    services: undefined,
    jobs: benchHandlers(onStart),
    serve: ['default'],
    report,
    onFinished: ended.hit,
  });
  const fill = async (count: number, name: string) => {
    const client = await database.pool.connect();
    await client.query('begin');
    await client.query(FILL, [count, name]);
    return client;
  };
  let open: { client: Awaited<ReturnType<typeof fill>>; count: number } | undefined;
  const drain = async () => {
    const { client, count } = open!;
    const all = ended.expect(count);
    // Committed all at once: from here on they exist.
    await client.query('commit');
    client.release();
    database.sql.wake(queueWake('default'));
    await all;
  };
  return {
    fill: async (count) => void (open = { client: await fill(count, emptyJob.name), count }),
    drain,
    async report(count) {
      open = { client: await fill(count, reportingJob.name), count };
      await drain();
    },
    statements: () => Object.fromEntries(sent),
    async close() {
      await worker.close(1_000);
      await engine.close();
      await wakes.close();
      await database.close();
    },
  };
}
