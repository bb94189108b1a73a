import { joinJobLives, joinJobs } from '@windlass/capabilities/kit/job-catalogue';
import type { WorkerServices } from '@windlass/capabilities/kit/worker-services';
import type { RegisteredJob } from '@windlass/queue/jobs/job-context';
import { plugList } from './plugs.ts';

/** Every job with its handler and its life, by its name. */
export function registerJobs(): ReadonlyMap<string, RegisteredJob<WorkerServices>> {
  const handlers: Record<string, RegisteredJob<WorkerServices>['load']> = Object.assign(
    {},
    ...plugList.map((plug) => plug.handlers),
  );
  const lives = joinJobLives(plugList);
  return new Map(
    Object.entries(joinJobs(plugList)).map(([name, definition]) => [
      name,
      { definition, life: lives[name], load: handlers[name]! },
    ]),
  );
}
