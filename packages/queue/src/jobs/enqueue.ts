import { newId } from '@windlass/db/ids';
import type { Sql } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import type { z } from 'zod';
import { attemptsAllowed, type JobDefinition } from './define-job.ts';
import { queueWake } from './queues.ts';
import { recordEachWithin } from '@windlass/live/record-within';
import { jobMoved } from './events.ts';
import { NEVER, WAITING_LAST } from './waiting.ts';

export type EnqueueOptions = {
  /** Given when the caller needs the id before the row exists. */
  id?: string;
  shopId: string | null;
  /** What the job serves, e.g. an order's id. */
  subject?: string;
  /** At most one job with this key is ever made; a second enqueue answers undefined. */
  dedupeKey?: string;
  /** Jobs of different groups take turns. Default: the shop. */
  group?: string;
  /** Seconds from now, by the database's clock. */
  runAfterSeconds?: number;
  /**
   * Ids of jobs: it starts when all of them have succeeded, be it in part, and fails where one fails or is cancelled.
   * One that is not there (pruned, say) has ended. They stay locked until the transaction ends, so ask late in it.
   */
  after?: readonly string[];
  requestId?: string;
};

const PAYLOAD_BYTES = 2048;

/**
 * What it is to follow is locked: whoever ends one of these waits for our commit and then sees `awaited`, or has
 * committed, and then it is not open.
 */
const INSERT = `with open as (
    select id from job where id = any($12::text[]) and state not in ('succeeded', 'degraded')
    order by ${WAITING_LAST} for update),
  awaited as (update job j set awaited = true from open where j.id = open.id and not j.awaited),
  made as (
    insert into job (id, shop_id, name, queue, payload, state, max_attempts, group_key, subject, dedupe_key, run_after,
      request_id)
    select x.id, $2, $3, $4, x.payload,
      case when $7::float8 > 0 or exists (select 1 from open) then 'scheduled' else 'queued' end::job_state, $5, $6,
      x.subject, x.dedupe_key,
      case when exists (select 1 from open) then ${NEVER} else now() + make_interval(secs => $7::float8) end, $8
    from unnest($1::text[], $9::jsonb[], $10::text[], $11::text[]) as x(id, payload, subject, dedupe_key)
    on conflict (dedupe_key) do nothing
    returning id, shop_id, name, state, subject),
  depends as (insert into job_dependency (job_id, after_id) select made.id, open.id from made cross join open),
  told as (
    ${recordEachWithin(jobMoved, { by: 'state', from: 'made', subject: 'id', data: { name: 'name', serves: 'subject' } })})
  select id from made`;

/**
 * Writes a job in the caller's transaction: it exists if and only if the transaction commits. Answers its id, or
 * undefined where the dedupe key is taken. Workers hear of it after the commit. Throws where it is to wait both for a
 * time and for other jobs.
 */
export async function enqueue<Payload extends z.ZodType>(
  sql: Sql,
  work: { job: JobDefinition<Payload, string>; payload: z.input<Payload> },
  { id, subject, dedupeKey, ...shared }: EnqueueOptions,
): Promise<string | undefined> {
  const one = {
    payload: work.payload,
    ...(id && { id }),
    ...(subject && { subject }),
    ...(dedupeKey && { dedupeKey }),
  };
  return (await enqueueMany(sql, { job: work.job, each: [one] }, shared))[0];
}

export type EnqueuedOne<Payload> = Pick<EnqueueOptions, 'id' | 'subject' | 'dedupeKey'> & { payload: Payload };

/** The same for many jobs of one kind, in one statement. Answers the ids of those made. */
export async function enqueueMany<Payload extends z.ZodType>(
  sql: Sql,
  { job, each }: { job: JobDefinition<Payload, string>; each: readonly EnqueuedOne<z.input<Payload>>[] },
  shared: Omit<EnqueueOptions, 'id' | 'subject' | 'dedupeKey'>,
): Promise<string[]> {
  if (each.length === 0) return [];
  const { after = [], runAfterSeconds = 0 } = shared;
  if (after.length > 0 && runAfterSeconds > 0) throw new Error(`${job.name} is to wait for a time and for other jobs`);
  const made = await sql.rows<{ id: string }>('enqueue-jobs', INSERT, [
    each.map((one) => one.id ?? newId('job')),
    shared.shopId,
    job.name,
    job.queue,
    attemptsAllowed(job),
    shared.group ?? shared.shopId ?? '',
    runAfterSeconds,
    shared.requestId ?? null,
    each.map((one) => payloadText(job, one.payload)),
    each.map((one) => one.subject ?? null),
    each.map((one) => one.dedupeKey ?? null),
    after,
  ]);
  if (made.length > 0) {
    sql.wake(queueWake(job.queue));
    sql.wake(LIVE_WAKE);
  }
  return made.map(({ id }) => id);
}

function payloadText(job: JobDefinition, input: unknown): string {
  const payload = JSON.stringify(job.payload.parse(input));
  if (Buffer.byteLength(payload) > PAYLOAD_BYTES)
    throw new Error(`payload of ${job.name} exceeds ${PAYLOAD_BYTES} bytes: pass ids, not data`);
  return payload;
}
