import { z } from 'zod';
import { defineJob, type JobDefinition } from '../src/jobs/define-job.ts';
import type { JobContext, RegisteredJob } from '../src/jobs/job-context.ts';
import type { JobLife } from '../src/jobs/job-life.ts';
import type { TestServices } from './open-world.ts';

const payload = z.object({ n: z.number().optional() });
export type TestJob = JobDefinition<typeof payload, 'first' | 'second'>;
export type TestContext = JobContext<TestJob>;

/** A job of the tests: two steps, no second try, no worker in common with the product's jobs. */
export const defineTestJob = (name: string, options: Partial<TestJob> = {}): TestJob =>
  defineJob({
    name: `tests.${name}`,
    title: name,
    queue: 'default',
    payload,
    steps: { first: 'First', second: 'Second' },
    retryDelaysMs: [],
    timeoutMs: 10_000,
    ...options,
  });

/** Puts a handler to a definition as apps/worker does, without the lazy file. */
export const handle = (
  job: TestJob,
  run: (context: TestContext, services: TestServices) => Promise<void>,
  life?: JobLife,
): RegisteredJob<TestServices> => ({
  life,
  definition: job as unknown as JobDefinition,
  load: async () => ({ run: run as unknown as Awaited<ReturnType<RegisteredJob<TestServices>['load']>>['run'] }),
});
