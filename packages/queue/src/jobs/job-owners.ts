import type { Sql, Tx } from '@windlass/db/sql';
import type { JobEnd, JobLife, JobLives } from './job-life.ts';

export type NamedJob = { id: string; name: string };

/** Before the jobs' own rows are locked. */
export async function lockOwners(tx: Tx, lives: JobLives, ending: readonly NamedJob[]): Promise<void> {
  for (const { call, ids } of byOwner(lives, 'lockFirst', ending)) await call(tx, ids);
}

/** Whether the owner of a job has to hear that it ended so. */
export const hearsOf = (life: JobLife | undefined, state: JobEnd['state']): boolean =>
  life?.onSettled !== undefined && (life.settles?.includes(state) ?? true);

/** After the jobs have ended, in the same transaction. */
export async function settleOwners(tx: Tx, lives: JobLives, ends: readonly JobEnd[]): Promise<void> {
  const heard = ends.filter(({ name, state }) => hearsOf(lives[name], state));
  for (const [name, some] of Map.groupBy(heard, (end) => end.name)) await lives[name]!.onSettled!(tx, some);
}

/** What is to be called for these jobs, once for each name, and the ids to call it with. */
export const byOwner = <Part extends keyof JobLife>(
  lives: JobLives,
  part: Part,
  jobs: readonly NamedJob[],
): { call: NonNullable<JobLife[Part]>; ids: string[] }[] =>
  [...Map.groupBy(jobs, ({ name }) => name)].flatMap(([name, some]) => {
    const call = lives[name]?.[part];
    return call ? [{ call, ids: some.map(({ id }) => id) }] : [];
  });

const NAMES = 'select id, name from job where id = any($1::text[]) order by id';

/** Those that are there, by id. */
export const readNames = (sql: Sql, jobIds: readonly string[]): Promise<NamedJob[]> =>
  sql.rows('names-of-jobs', NAMES, [jobIds]);

/** As `byOwner`, for jobs whose names are not at hand. Where nobody is to be called, nothing is read. */
export const findOwners = async <Part extends keyof JobLife>(
  sql: Sql,
  jobIds: readonly string[],
  { lives, part }: { lives: JobLives; part: Part },
): Promise<ReturnType<typeof byOwner<Part>>> =>
  Object.values(lives).some((life) => life[part]) ? byOwner(lives, part, await readNames(sql, jobIds)) : [];
