import type { WorkerServices } from '@windlass/capabilities/kit/worker-services';
import type { RegisteredJob } from '@windlass/queue/jobs/job-context';
import { plugList } from './plugs.ts';

/** Every job with its handler, by its name. */
export const registerJobs = (): ReadonlyMap<string, RegisteredJob<WorkerServices>> =>
  new Map(
    plugList.flatMap(({ jobs, handlers }) =>
      Object.values(jobs).map((definition) => [definition.name, { definition, load: handlers[definition.name]! }]),
    ),
  );
