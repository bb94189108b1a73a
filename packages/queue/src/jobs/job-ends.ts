import type { Tx } from '@windlass/db/sql';
import type { JobDefinition } from './define-job.ts';
import type { Failure } from './errors.ts';

/** How a job ended. `failure` where something went wrong, also before a cancel. */
export type JobEnd = {
  id: string;
  name: string;
  state: 'succeeded' | 'degraded' | 'failed' | 'cancelled';
  failure: Pick<Failure, 'code' | 'sentence' | 'hint'> | null;
};

/** Definitions by name, as a capability's contract and kit/job-catalogue.ts hold them. */
export type JobsByName = Readonly<Record<string, JobDefinition>>;

/** Before the jobs' own rows are locked. */
export async function lockOwners(
  tx: Tx,
  jobs: JobsByName,
  ending: readonly { id: string; name: string }[],
): Promise<void> {
  for (const [name, some] of Map.groupBy(ending, (job) => job.name))
    await jobs[name]?.lockFirst?.(
      tx,
      some.map(({ id }) => id),
    );
}

/** After the jobs have ended, in the same transaction. */
export async function settleOwners(tx: Tx, jobs: JobsByName, ends: readonly JobEnd[]): Promise<void> {
  for (const [name, some] of Map.groupBy(ends, (end) => end.name)) await jobs[name]?.onSettled?.(tx, some);
}
