import { type JobCatalogue, jobTitle, stepTitle } from '../../kit/job-catalogue.ts';
import { iso } from '../../kit/sql-text.ts';
import type { JobRow } from '../contract.ts';

/** Everything of a job's row but its words, which the catalogue has. */
export const JOB_ROW = `j.id, j.name, j.queue, j.state, j.step as "stepName", j.progress, j.progress_note as "progressNote", j.failures, j.max_attempts as tries,
  case when o.id is not null then json_build_object('orderId', o.id, 'label', 'Order #' || o.number) end as serves,
  j.error_code as "errorCode", j.error_sentence as "errorSentence", j.acknowledged_at is not null as acknowledged, ${iso('j.run_after')} as "runAfter", ${iso('j.created_at')} as "createdAt", ${iso('j.finished_at')} as "finishedAt",
  j.created_at::text as at`;

/** The shop's own: a foreign order never shows, whatever a job's subject says. */
export const JOB_FROM = `from job j left join artwork a on j.subject like 'art\\_%' and a.id = j.subject
  left join customer_order o on o.id = coalesce(a.order_id, j.subject) and o.shop_id = j.shop_id`;

export type RawJobRow = Omit<JobRow, 'title' | 'step' | 'stepNumber' | 'stepCount' | 'tryNumber'> & {
  stepName: string | null;
  failures: number;
  at: string;
};

export function toJobRow<Raw extends RawJobRow>(raw: Raw, jobs: JobCatalogue) {
  const { stepName, failures, ...row } = raw;
  const steps = Object.keys(jobs[raw.name]?.steps ?? {});
  const running = raw.state === 'active' && stepName !== null;
  return {
    ...row,
    title: jobTitle(jobs, raw.name),
    step: running ? stepTitle(jobs, raw.name, stepName) : null,
    stepNumber: running ? steps.indexOf(stepName) + 1 : null,
    stepCount: steps.length,
    // A try that has failed is counted; one that is to come, or runs, is the next.
    tryNumber: raw.state === 'failed' ? Math.max(1, failures) : Math.min(failures + 1, raw.tries),
  };
}
