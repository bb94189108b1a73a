import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { defineJob } from '../src/jobs/define-job.ts';
import type { JobHandler } from '../src/jobs/job-context.ts';
import type { TestServices } from './open-world.ts';

/**
 * The one job of the worker processes. What it does to the world is a row in a table the test made: an insert without
 * any key, so that whatever ran twice is there twice. `ms`: how long its second step takes. `kills`: takes its worker
 * down each time.
 */
export const processJob = defineJob({
  name: 'tests.process',
  title: 'In a process of its own',
  queue: 'messages',
  payload: z.object({ ms: z.number().default(0), kills: z.boolean().default(false) }),
  steps: { prepare: 'Preparing', deliver: 'Delivering' },
  retryDelaysMs: [100, 100],
  timeoutMs: 30_000,
});

export const EFFECT_TABLE = `create table effect (
  job_id text not null, step text not null, attempt int not null, pid int not null,
  begun timestamptz not null default clock_timestamp(), ended timestamptz)`;

const BEGIN = 'insert into effect (job_id, step, attempt, pid) values ($1, $2, $3, $4)';
const END = 'update effect set ended = clock_timestamp() where job_id = $1 and step = $2 and attempt = $3';

export const runProcessJob: JobHandler<typeof processJob, TestServices> = async (context, { database: { sql } }) => {
  const begin = (step: string) => sql.rows('effect-begin', BEGIN, [context.id, step, context.attempt, process.pid]);
  const end = (step: string) => sql.rows('effect-end', END, [context.id, step, context.attempt]);
  await context.step('prepare', async () => {
    await begin('prepare');
    await end('prepare');
  });
  await context.step('deliver', async () => {
    await begin('deliver');
    if (context.payload.kills) process.kill(process.pid, 'SIGKILL');
    await sleep(context.payload.ms, undefined, { signal: context.signal });
    await end('deliver');
  });
};
