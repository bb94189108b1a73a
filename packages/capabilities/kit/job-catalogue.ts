import type { JobDefinition } from '@windlass/queue/jobs/define-job';

/** Definitions of jobs by name, as a capability's contract holds its own; a program's host joins those of its plugs. */
export type JobCatalogue = Readonly<Record<string, JobDefinition>>;

/** The words for a job's name and step; the name itself where a finished job outlived its definition. */
export const jobTitle = (jobs: JobCatalogue, name: string): string => jobs[name]?.title ?? name;
export const stepTitle = (jobs: JobCatalogue, name: string, step: string): string => jobs[name]?.steps[step] ?? step;
