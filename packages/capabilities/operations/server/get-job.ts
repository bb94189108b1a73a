import { findDeliveryOfJob } from '../../deliveries/operations.ts';
import { stepTitle } from '../../kit/job-catalogue.ts';
import { notFound } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { iso } from '../../kit/sql-text.ts';
import type { JobDetail, JobRow } from '../contract.ts';
import { JOB_ROW, type RawJobRow, toJobRows } from './job-row.ts';

const STEPS = `(select coalesce(json_agg(json_build_object('name', s.name, 'startedAt', ${iso('s.started_at')},
    'ms', extract(epoch from s.ended_at - s.started_at) * 1000) order by s.started_at), '[]')
      from job_step s where s.job_id = j.id)`;

const ATTEMPTS = `(select coalesce(json_agg(json_build_object('attempt', a.attempt, 'startedAt', ${iso('a.started_at')}, 'endedAt', ${iso('a.ended_at')},
    'outcome', a.outcome, 'errorCode', a.error_code, 'errorMessage', a.error_message, 'errorSentence', a.error_sentence, 'errorHint', a.error_hint)
    order by a.attempt), '[]') from job_attempt a where a.job_id = j.id)`;

const SELECT = `select ${JOB_ROW}, j.attempts, j.error_hint as "errorHint", j.request_id as "requestId",
    ${iso('j.started_at')} as "startedAt",
    ${STEPS} as steps, ${ATTEMPTS} as "attemptRows"
  from job j where j.id = $1 and j.shop_id = $2`;

type Raw = RawJobRow &
  Omit<JobDetail, keyof JobRow | 'steps' | 'deliveryId'> & { steps: { name: string; startedAt: string; ms: number }[] };

/** A job with its steps and failed attempts. */
export async function getJob(ctx: SignedInContext, id: string): Promise<JobDetail> {
  const { database, jobs } = ctx.services;
  const raw = await database.sql.row<Raw>('get-job', SELECT, [id, ctx.person.shopId]);
  if (!raw) throw notFound('job');
  const [[row], deliveryId] = await Promise.all([toJobRows(ctx, [raw]), findDeliveryOfJob(database.sql, id)]);
  return {
    ...row!,
    deliveryId: deliveryId ?? null,
    steps: raw.steps.map(({ name, ...step }) => ({ ...step, title: stepTitle(jobs, raw.name, name) })),
  };
}
