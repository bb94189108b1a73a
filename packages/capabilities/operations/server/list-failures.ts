import type { z } from 'zod';
import { refuseRetries } from '@windlass/queue/control/refuse-retries';
import { jobTitle } from '../../kit/job-catalogue.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { iso } from '../../kit/sql-text.ts';
import type { FailureClass, failuresOutput, RetryRun } from '../contract.ts';

/**
 * The words are those of the latest: the same code may have met another server since. Ids only of jobs whose owners may
 * refuse a retry.
 */
const SELECT = `select j.name, j.error_code as code, count(*)::int as count,
    coalesce((array_agg(j.error_sentence order by j.finished_at desc))[1], 'It failed.') as sentence,
    (array_agg(j.error_hint order by j.finished_at desc))[1] as hint, ${iso('max(j.finished_at)')} as newest,
    case when j.name = any($2::text[]) then array_agg(j.id) else '{}' end as "toAsk"
  from job j
  where j.shop_id = $1 and j.state = 'failed' and j.acknowledged_at is null
  group by j.name, j.error_code order by count(*) desc, max(j.finished_at) desc limit 50`;

const RUNS = `select retry_run as run, name, count(*)::int as waiting, ${iso('max(run_after)')} as "lastAt"
  from job where shop_id = $1 and state = 'scheduled' and retry_run is not null
  group by retry_run, name order by max(run_after) limit 50`;

type Row = Omit<FailureClass, 'title' | 'retryable'> & { toAsk: string[] };

/**
 * What failed for good and waits for a person, one row for each reason; and what is being tried again a piece at a
 * time.
 */
export async function listFailures(ctx: SignedInContext): Promise<z.infer<typeof failuresOutput>> {
  const { database, jobs, jobLives } = ctx.services;
  const { sql } = database;
  const asked = Object.keys(jobLives).filter((name) => jobLives[name]!.refuseRetry);
  const [rows, runs] = await Promise.all([
    sql.rows<Row>('list-failures', SELECT, [ctx.person.shopId, asked]),
    sql.rows<Omit<RetryRun, 'title'> & { name: string }>('list-retry-runs', RUNS, [ctx.person.shopId]),
  ]);
  const toAsk = rows.flatMap((row) => row.toAsk);
  const refused = await refuseRetries(sql, toAsk, jobLives);
  return {
    rows: rows.map(({ toAsk: ids, ...row }) => ({
      ...row,
      title: jobTitle(jobs, row.name),
      retryable: row.count - ids.filter((id) => refused.has(id)).length,
    })),
    runs: runs.map(({ name, ...run }) => ({ ...run, title: jobTitle(jobs, name) })),
  };
}
