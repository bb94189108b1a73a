import type { JobDefinition } from '@windlass/queue/jobs/define-job';
import type { JobLife, JobLives } from '@windlass/queue/jobs/job-life';
import type { MessageSettlers } from './message-settler.ts';

/** Definitions of jobs by name, as a capability's contract holds its own; a program's host joins those of its plugs. */
export type JobCatalogue = Readonly<Record<string, JobDefinition>>;

/** What a capability does for what its jobs serve, by their names; with what other plugs bring, where it needs that. */
export type BringLives<Jobs extends JobCatalogue = JobCatalogue> = (settlers: MessageSettlers) => {
  readonly [Name in keyof Jobs]?: JobLife;
};

type Plugs = readonly { jobs: JobCatalogue; jobLives?: BringLives; messageSettlers?: MessageSettlers }[];

export const joinMessageSettlers = (plugs: Plugs): MessageSettlers =>
  Object.assign({}, ...plugs.map(({ messageSettlers }) => messageSettlers));

/** Every job of a program. */
export const joinJobs = (plugs: Plugs): JobCatalogue => Object.assign({}, ...plugs.map(({ jobs }) => jobs));

/** The lives of a program's jobs, for all that moves one. */
export function joinJobLives(plugs: Plugs): JobLives {
  const settlers = joinMessageSettlers(plugs);
  return Object.assign({}, ...plugs.map(({ jobLives }) => jobLives?.(settlers)));
}

/** The words for a job's name and step; the name itself where a finished job outlived its definition. */
export const jobTitle = (jobs: JobCatalogue, name: string): string => jobs[name]?.title ?? name;
export const stepTitle = (jobs: JobCatalogue, name: string, step: string): string => jobs[name]?.steps[step] ?? step;
