import type { JobDefinition } from '@windlass/queue/jobs/define-job';
import type { MessageSettlers } from './message-settler.ts';

/** Definitions of jobs by name, as a capability's contract holds its own; a program's host joins those of its plugs. */
export type JobCatalogue = Readonly<Record<string, JobDefinition>>;

/** What puts right what jobs of a name served, where that needs what other plugs bring. */
export type SettleWithJobs = (
  settlers: MessageSettlers,
) => Readonly<Record<string, Pick<JobDefinition, 'onSettled' | 'lockFirst'>>>;

type Plugs = readonly {
  jobs: JobCatalogue;
  jobSettlers?: SettleWithJobs;
  messageSettlers?: MessageSettlers;
}[];

export const joinMessageSettlers = (plugs: Plugs): MessageSettlers =>
  Object.assign({}, ...plugs.map(({ messageSettlers }) => messageSettlers));

/** Every job of a program, with what settles what it served. */
export function joinJobs(plugs: Plugs): JobCatalogue {
  const settlers = joinMessageSettlers(plugs);
  const settled = Object.assign(
    {},
    ...plugs.map(({ jobSettlers }) => jobSettlers?.(settlers)),
  ) as ReturnType<SettleWithJobs>;
  return Object.fromEntries(
    plugs.flatMap(({ jobs }) => Object.entries(jobs).map(([name, job]) => [name, { ...job, ...settled[name] }])),
  );
}

/** The words for a job's name and step; the name itself where a finished job outlived its definition. */
export const jobTitle = (jobs: JobCatalogue, name: string): string => jobs[name]?.title ?? name;
export const stepTitle = (jobs: JobCatalogue, name: string, step: string): string => jobs[name]?.steps[step] ?? step;
