import { newId } from '@windlass/db/ids';
import type { z } from 'zod';
import { expect } from 'vitest';
import { enqueue } from '../src/jobs/enqueue.ts';
import type { EngineKind } from './engines.ts';
import { forkWorker, type WorkerProcess, type WorkerProcessOptions } from './fork-worker.ts';
import { openWorld, type World } from './open-world.ts';
import { EFFECT_TABLE, processJob } from './process-job.ts';

export type Effect = { jobId: string; step: 'prepare' | 'deliver'; attempt: number; pid: number; ended: boolean };

export type Workshop = {
  world: World;
  fork(options?: Partial<WorkerProcessOptions>): Promise<WorkerProcess>;
  /**
   * Enqueues `count` jobs, each in a transaction of its own, and answers the ids of those whose commit was
   * acknowledged.
   */
  enqueue(count: number, payload?: z.input<typeof processJob.payload>): Promise<string[]>;
  /** What the jobs did, in the order of their beginnings. */
  effects(): Promise<Effect[]>;
  count(state: string): Promise<number>;
};

const COUNT = 'select count(*)::int as n from job where state = $1';
const EFFECTS = `select job_id as "jobId", step, attempt, pid, ended is not null as ended from effect order by begun`;

/**
 * A world with worker processes of its own. At the end no process is left, and none had an error that nobody handled.
 */
export async function withWorkers(kind: EngineKind, work: (workshop: Workshop) => Promise<void>): Promise<void> {
  const world = await openWorld(kind);
  const { sql } = world.database;
  const workers: WorkerProcess[] = [];
  try {
    await sql.rows('effect-table', EFFECT_TABLE);
    await work({
      world,
      async fork(options) {
        const worker = await forkWorker({
          databaseUrl: world.databaseUrl,
          engineUrl: world.engineUrl,
          serve: [processJob.queue],
          ...options,
        });
        workers.push(worker);
        return worker;
      },
      async enqueue(count, payload = {}) {
        const ids = Array.from({ length: count }, () => newId('job'));
        const left = [...ids];
        // Four clicks at a time: a busy machine gives no more connections within their 2 s.
        const click = async () => {
          for (let id = left.shift(); id !== undefined; id = left.shift()) {
            const options = { id, shopId: null };
            await world.database.transaction((tx) => enqueue(tx, { job: processJob, payload }, options));
          }
        };
        await Promise.all([click(), click(), click(), click()]);
        return ids;
      },
      effects: () => sql.rows('effects', EFFECTS),
      count: async (state) => (await sql.row<{ n: number }>('count-state', COUNT, [state]))!.n,
    });
    await Promise.all(workers.map((worker) => worker.stop()));
    expect(workers.flatMap(({ unhandled }) => unhandled)).toEqual([]);
  } finally {
    await Promise.all(workers.map((worker) => worker.kill()));
    await world.close();
  }
}
