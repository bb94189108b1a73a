import { newId } from '@windlass/db/ids';
import type { Sql } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import type { z } from 'zod';
import { attemptsAllowed, type JobDefinition } from './define-job.ts';
import { queueWake } from './queues.ts';

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
  requestId?: string;
};

const PAYLOAD_BYTES = 2048;

const INSERT = `with made as (
    insert into job (id, shop_id, name, queue, payload, state, max_attempts, group_key, subject, dedupe_key, run_after, request_id)
    values ($1, $2, $3, $4, $5, case when $10::float8 > 0 then 'scheduled' else 'queued' end::job_state, $6, $7, $8, $9,
      now() + make_interval(secs => $10::float8), $11)
    on conflict (dedupe_key) do nothing
    returning id, shop_id, name, state, subject),
  told as (
    insert into event (shop_id, topic, subject, type, data)
    select shop_id, 'jobs', id, 'job.' || state, jsonb_build_object('name', name, 'serves', subject) from made)
  select id from made`;

/**
 * Writes a job in the caller's transaction: it exists if and only if the transaction commits. Answers its id, or undefined
 * where the dedupe key is taken. Workers hear of it after the commit.
 */
export async function enqueue<Payload extends z.ZodType>(
  sql: Sql,
  work: { job: JobDefinition<Payload, string>; payload: z.input<Payload> },
  options: EnqueueOptions,
): Promise<string | undefined> {
  const { job } = work;
  const payload = JSON.stringify(job.payload.parse(work.payload));
  if (Buffer.byteLength(payload) > PAYLOAD_BYTES) throw new Error(`payload of ${job.name} exceeds ${PAYLOAD_BYTES} bytes: pass ids, not data`);
  const made = await sql.row<{ id: string }>('enqueue-job', INSERT, [
    options.id ?? newId('job'),
    options.shopId,
    job.name,
    job.queue,
    payload,
    attemptsAllowed(job),
    options.group ?? options.shopId ?? '',
    options.subject ?? null,
    options.dedupeKey ?? null,
    options.runAfterSeconds ?? 0,
    options.requestId ?? null,
  ]);
  if (made) {
    sql.wake(queueWake(job.queue));
    sql.wake(LIVE_WAKE);
  }
  return made?.id;
}
