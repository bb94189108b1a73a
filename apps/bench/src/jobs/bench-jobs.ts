import { setTimeout as sleep } from 'node:timers/promises';
import { defineJob } from '@windlass/queue/jobs/define-job';
import type { JobDefinition } from '@windlass/queue/jobs/define-job';
import type { RegisteredJob } from '@windlass/queue/jobs/job-context';
import { z } from 'zod';
import { REPORT_EVERY_MS, REPORTS } from './contender.ts';

const base = {
  queue: 'default',
  payload: z.object({}),
  steps: { work: 'Working' },
  retryDelaysMs: [],
  timeoutMs: 60_000,
} as const;

/** One step and nothing in it. `bench.single` is the same, told apart so that its start is told. */
export const emptyJob = defineJob({ ...base, name: 'bench.empty', title: 'Empty' });
export const singleJob = defineJob({ ...base, name: 'bench.single', title: 'Single' });
export const reportingJob = defineJob({ ...base, name: 'bench.reporting', title: 'Reporting' });

/** The handlers of the three. */
export function benchHandlers(onStart: () => void): Map<string, RegisteredJob<undefined>> {
  const handle = (definition: JobDefinition, run: Awaited<ReturnType<RegisteredJob<undefined>['load']>>['run']) =>
    [definition.name, { definition, load: async () => ({ run }) }] as const;
  return new Map([
    handle(emptyJob as unknown as JobDefinition, async ({ step }) => step('work' as never, async () => {})),
    handle(singleJob as unknown as JobDefinition, async ({ step }) => {
      onStart();
      await step('work' as never, async () => {});
    }),
    handle(reportingJob as unknown as JobDefinition, async ({ step, progress }) =>
      step('work' as never, async () => {
        for (let i = 1; i <= REPORTS; i += 1) {
          progress(i / REPORTS);
          await sleep(REPORT_EVERY_MS);
        }
      }),
    ),
  ]);
}
