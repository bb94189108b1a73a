import { type Database, openDatabase } from '@windlass/db/open-database';
import { createTestDatabase } from '@windlass/db/testing';
import { listenForWakes } from '@windlass/db/wake';
import { claimRedis } from '@windlass/testkit/claim-redis';
import { until } from '@windlass/testkit/until';
import { openEngine } from '../src/dispatch/engine.ts';
import { enqueue, type EnqueueOptions } from '../src/jobs/enqueue.ts';
import type { RegisteredJob } from '../src/jobs/job-context.ts';
import { type RunningWorker, startWorker, type WorkerParts } from '../src/worker/start-worker.ts';
import type { TestJob } from './define-test-job.ts';
import type { EngineKind } from './engines.ts';
import type { JobState } from '../src/jobs/job-state.ts';
import { CONNECT_MS } from '@windlass/testkit/connect-ms';

export type TestServices = { database: Database };
export type WorkerOptions = Partial<
  Omit<WorkerParts<TestServices>, 'database' | 'engine' | 'wakes' | 'services' | 'jobs' | 'report'>
>;

/** A migrated database and an empty engine that no other test sees, and workers on them in this process. */
export type World = {
  database: Database;
  databaseUrl: string;
  engineUrl: string;
  /** What workers and connections reported; a quiet test leaves it empty. */
  errors: Error[];
  startWorker(jobs: RegisteredJob<TestServices>[], options?: WorkerOptions): Promise<RunningWorker>;
  enqueue(job: TestJob, options?: Partial<EnqueueOptions> & { n?: number }): Promise<string>;
  state(id: string): Promise<JobState>;
  /** Waits for the job to be in one of these states. */
  until(id: string, ...states: JobState[]): Promise<JobState>;
  close(): Promise<void>;
};

export async function openWorld(kind: EngineKind): Promise<World> {
  const own = await createTestDatabase();
  const engineUrl = kind === 'redis' ? await claimRedis() : own.url;
  const errors: Error[] = [];
  let over = false;
  const report = (error: Error) => void (over || errors.push(error));
  const database = openDatabase({
    url: own.url,
    poolSize: 8,
    applicationName: 'queue test',
    connectMs: CONNECT_MS,
    report,
  });
  // Dropping the database cuts connections that are still saying goodbye: that is no error of a test.
  const cleanUp: (() => Promise<void>)[] = [own.drop, async () => void (over = true), () => database.close()];

  const state = async (id: string) =>
    (await database.sql.row<{ state: JobState }>('test-state', 'select state from job where id = $1', [id]))!.state;
  return {
    database,
    databaseUrl: own.url,
    engineUrl,
    errors,
    state,
    async startWorker(jobs, options = {}) {
      const engine = await openEngine(engineUrl, report);
      cleanUp.push(() => engine.close());
      const wakes = listenForWakes(own.url, report, { connectMs: CONNECT_MS });
      cleanUp.push(() => wakes.close());
      const worker = await startWorker<TestServices>({
        serve: ['default'],
        ...options,
        database,
        wakes,
        engine,
        services: { database },
        jobs: new Map(jobs.map((job) => [job.definition.name, job])),
        report,
      });
      cleanUp.push(() => worker.close(0));
      return worker;
    },
    async enqueue(job, { n, ...options } = {}) {
      const payload = n === undefined ? {} : { n };
      const id = await database.transaction((tx) => enqueue(tx, { job, payload }, { shopId: null, ...options }));
      if (!id) throw new Error('the dedupe key is taken');
      return id;
    },
    async until(id, ...states) {
      let last: JobState | undefined;
      await until(`${id} ${states.join(' or ')}`, async () => states.includes((last = await state(id))));
      return last!;
    },
    async close() {
      for (const undo of cleanUp.splice(0).toReversed()) await undo();
    },
  };
}
