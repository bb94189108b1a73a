import type { Sql } from '@windlass/db/sql';

const TEXTS = `concat_ws(' ', j.error_message, j.error_sentence, j.error_hint, j.progress_note, j.missing::text)`;
const FIND = `select j.id from job j where (j.shop_id = $1 and (j.subject = any($2::text[]) or ${TEXTS} ilike $3))
  union select a.job_id from job_attempt a join job j on j.id = a.job_id
    where j.shop_id = $1 and concat_ws(' ', a.error_message, a.error_sentence, a.error_hint) ilike $3
  union select s.job_id from job_step s join job j on j.id = s.job_id where j.shop_id = $1 and s.result::text ilike $3`;

const JOBS = `select id, error_message as message, error_sentence as sentence, error_hint as hint,
  progress_note as note, missing from job where id = any($1::text[])`;
const KEEP_JOB = `update job set error_message = $2, error_sentence = $3, error_hint = $4, progress_note = $5,
  missing = $6 where id = $1`;
const ATTEMPTS = `select job_id as id, attempt, error_message as message, error_sentence as sentence, error_hint as hint
  from job_attempt where job_id = any($1::text[])`;
const KEEP_ATTEMPT = `update job_attempt set error_message = $3, error_sentence = $4, error_hint = $5
  where job_id = $1 and attempt = $2`;
const STEPS = `select job_id as id, name, result from job_step where job_id = any($1::text[]) and result is not null`;
const KEEP_STEP = `update job_step set result = $3 where job_id = $1 and name = $2`;
const BREAKERS = `update breaker set last_sentence = null where last_sentence ilike $1`;

type Words = { id: string; message: string | null; sentence: string | null; hint: string | null };
export type JobsToRewrite = {
  shopId: string;
  /** All jobs that serve these. */
  subjects: readonly string[];
  /** And all others of the shop in whose words or results is something `like` this. */
  mentioning: string;
  text: (text: string | null) => string | null;
  json: (value: unknown) => unknown;
};

/**
 * Changes what ended jobs and attempts say in words: reasons, notes, results. States, counts and times stay. Repeating
 * it is harmless.
 */
export async function rewriteJobs(
  sql: Sql,
  { shopId, subjects, mentioning, text, json }: JobsToRewrite,
): Promise<void> {
  const ids = (await sql.rows<{ id: string }>('jobs-to-rewrite', FIND, [shopId, subjects, mentioning])).map(
    ({ id }) => id,
  );
  const stored = (value: unknown) => (value === null ? null : JSON.stringify(json(value)));
  for (const job of await sql.rows<Words & { note: string | null; missing: unknown }>('words-of-jobs', JOBS, [ids])) {
    await sql.rows('rewrite-job', KEEP_JOB, [
      job.id,
      text(job.message),
      text(job.sentence),
      text(job.hint),
      text(job.note),
      stored(job.missing),
    ]);
  }
  for (const one of await sql.rows<Words & { attempt: number }>('words-of-job-attempts', ATTEMPTS, [ids])) {
    await sql.rows('rewrite-job-attempt', KEEP_ATTEMPT, [
      one.id,
      one.attempt,
      text(one.message),
      text(one.sentence),
      text(one.hint),
    ]);
  }
  for (const step of await sql.rows<{ id: string; name: string; result: unknown }>('results-of-steps', STEPS, [ids])) {
    await sql.rows('rewrite-job-step', KEEP_STEP, [step.id, step.name, stored(step.result)]);
  }
  await sql.rows('rewrite-breakers', BREAKERS, [mentioning]);
}
