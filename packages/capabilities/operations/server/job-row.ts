import { isParked, NEVER, PARKED, waitsForJobs } from '@windlass/queue/jobs/waiting';
import { type JobCatalogue, jobTitle, stepTitle } from '../../kit/job-catalogue.ts';
import { labelSubjects } from '../../kit/label-subjects.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { iso } from '../../kit/sql-text.ts';
import type { LabelledSubject } from '../../kit/subject.ts';
import type { JobRow } from '../contract.ts';

/** Names of those it waits for, each once. */
const WAITS_FOR = `case when ${waitsForJobs('j')} then (select json_agg(distinct a.name)
  from job_dependency d join job a on a.id = d.after_id
  where d.job_id = j.id and a.state in ('scheduled', 'queued', 'active', 'retrying')) end`;

const PARKED_UNTIL = `case when ${isParked('j')} then
  json_build_object('until', case when j.run_after < ${NEVER} then ${iso('j.run_after')} end) end`;

/** Everything of a row of `job j` but its words, which the catalogue has, and its subject's, which its owner has. */
export const JOB_ROW = `j.id, j.name, j.queue, j.state, j.step as "stepName", j.progress, j.progress_note as "progressNote", j.failures, j.max_attempts as tries,
  j.subject, j.error_code as "errorCode", j.error_sentence as "errorSentence", j.acknowledged_at is not null as acknowledged, ${iso('j.run_after')} as "runAfter", ${iso('j.created_at')} as "createdAt", ${iso('j.finished_at')} as "finishedAt",
  ${WAITS_FOR} as "waitsFor", ${PARKED_UNTIL} as parked, j.created_at::text as at`;

export type RawJobRow = Omit<
  JobRow,
  'title' | 'waitsFor' | 'step' | 'stepNumber' | 'stepCount' | 'tryNumber' | 'serves'
> & {
  stepName: string | null;
  subject: string | null;
  failures: number;
  waitsFor: string[] | null;
  at: string;
};

/** The rows with their words and what they serve: a foreign subject has no label, whatever a job says. */
export async function toJobRows<Raw extends RawJobRow>(ctx: SignedInContext, rows: readonly Raw[]) {
  const labels = await labelSubjects(
    ctx,
    rows.map(({ subject }) => subject),
  );
  return rows.map((row) => toJobRow(row, ctx.services.jobs, labels));
}

function toJobRow<Raw extends RawJobRow>(raw: Raw, jobs: JobCatalogue, labels: ReadonlyMap<string, LabelledSubject>) {
  const { stepName, failures, subject, ...row } = raw;
  const steps = Object.keys(jobs[raw.name]?.steps ?? {});
  const running = raw.state === 'active' && stepName !== null;
  return {
    ...row,
    serves: subject === null ? null : (labels.get(subject) ?? null),
    title: jobTitle(jobs, raw.name),
    // What it waited for is over: it says nothing of what it does now.
    errorSentence: raw.errorCode === PARKED && !raw.parked ? null : raw.errorSentence,
    waitsFor: raw.waitsFor?.map((name) => jobTitle(jobs, name)).join(', ') ?? null,
    step: running ? stepTitle(jobs, raw.name, stepName) : null,
    stepNumber: running ? steps.indexOf(stepName) + 1 : null,
    stepCount: steps.length,
    // A try that has failed is counted; one that is to come, or runs, is the next.
    tryNumber: raw.state === 'failed' ? Math.max(1, failures) : Math.min(failures + 1, raw.tries),
  };
}
