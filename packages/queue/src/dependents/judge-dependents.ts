import type { Sql } from '@windlass/db/sql';
import { titleOfJob } from '../jobs/define-job.ts';
import type { Failure } from '../jobs/errors.ts';
import type { NamedJob } from '../jobs/job-owners.ts';
import { AFTER_FAILED } from '../jobs/waiting.ts';
import type { QueueName } from '../jobs/queues.ts';
import { DEPENDS } from './find-dependents.ts';

/**
 * `gone`: a job that is pruned had ended, but nobody knows any more how. `cause`: the first of those that ended badly.
 */
const JUDGE = `select j.id, j.name, j.queue, j.state = 'failed' as failed,
    exists (select 1 from job_dependency x join job a on a.id = x.after_id where x.job_id = j.id
      and a.state in ('scheduled', 'queued', 'active', 'retrying')) as open,
    exists (select 1 from job_dependency x left join job a on a.id = x.after_id
      where x.job_id = j.id and a.id is null) as gone,
    (select json_build_object('name', a.name, 'state', a.state, 'code', a.error_code, 'sentence', a.error_sentence)
      from job_dependency x join job a on a.id = x.after_id
      where x.job_id = j.id and a.state in ('failed', 'cancelled') order by a.finished_at, a.id limit 1) as cause
  from job j where j.id = any($1::text[]) and ${DEPENDS}`;
type Cause = { name: string; state: 'failed' | 'cancelled'; code: string | null; sentence: string | null };
type Judged = NamedJob & { queue: QueueName; failed: boolean; open: boolean; gone: boolean; cause: Cause | null };

export type Move = NamedJob & { queue: QueueName; failed: boolean } & (
    | { to: 'queued' | 'scheduled'; failure: null }
    | { to: 'failed'; failure: Failure }
  );

/** What is to become of each of these jobs, by how those stand that it follows. Left out: what stays as it is. */
export async function judgeDependents(sql: Sql, jobIds: readonly string[]): Promise<Move[]> {
  const judged = await sql.rows<Judged>('judge-dependents', JUDGE, [jobIds]);
  return judged.flatMap(({ id, name, queue, failed, open, gone, cause }): Move[] => {
    const job = { id, name, queue, failed };
    if (cause) return failed ? [] : [{ ...job, to: 'failed', failure: afterFailed(cause) }];
    if (failed && gone) return [];
    if (open) return failed ? [{ ...job, to: 'scheduled', failure: null }] : [];
    return [{ ...job, to: 'queued', failure: null }];
  });
}

/** What failed only because it followed another is not the reason. */
const afterFailed = ({ name, state, code, sentence }: Cause): Failure => ({
  code: AFTER_FAILED,
  message: `${name} ended ${state}${code ? ` (${code})` : ''}`,
  sentence: code === AFTER_FAILED && sentence ? sentence : reason(titleOfJob(name), state, sentence),
  hint: 'Run that one again: this one then waits for it once more.',
});

function reason(title: string, state: Cause['state'], sentence: string | null): string {
  if (state === 'cancelled') return `“${title}” comes before this, and was cancelled.`;
  return `“${title}” comes before this, and failed${sentence ? `: ${sentence}` : '.'}`;
}
