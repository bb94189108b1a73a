import type { Tx } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { recordEachWithin } from '@windlass/live/record-within';
import { jobMoved } from '../jobs/events.ts';
import type { JobEnd, JobLives } from '../jobs/job-life.ts';
import { byOwner, lockOwners, type NamedJob, settleOwners } from '../jobs/job-owners.ts';
import { queueNames, queueWake } from '../jobs/queues.ts';
import { NEVER } from '../jobs/waiting.ts';
import { DEPENDENTS, findDependents } from './find-dependents.ts';
import { judgeDependents, type Move } from './judge-dependents.ts';

const LOCK = `${DEPENDENTS} for update of j`;

const MOVE = `with x as (
    select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
      as x(id, state, code, message, sentence, hint)),
  moved as (
    update job j set state = x.state::job_state, generation = j.generation + 1, dispatched_at = null,
      run_after = case x.state when 'queued' then now() when 'scheduled' then ${NEVER} else j.run_after end,
      failures = 0, crashes = 0, acknowledged_at = null, acknowledged_by = null,
      error_code = x.code, error_message = x.message, error_sentence = x.sentence, error_hint = x.hint,
      finished_at = case x.state when 'failed' then now() end
    from x where j.id = x.id
    returning j.id, j.shop_id, j.subject, j.state::text as state, j.error_code),
  begun as (delete from job_dependency d using moved where d.job_id = moved.id and moved.state = 'queued'),
  told as (
    ${recordEachWithin(jobMoved, { by: 'state', from: 'moved', subject: 'id', data: { serves: 'subject', code: 'error_code' }, nulls: 'left-out' })})
  select id from moved`;

/**
 * After jobs have ended, were run again or were settled: lets those go that waited for the last of them, fails those
 * whose turn cannot come, and lets wait again what had failed so; then those that follow these. In the transaction that
 * moved the jobs, whose rows it holds: two that end at once come here one after the other, and the second sees both.
 */
export async function moveDependents(tx: Tx, lives: JobLives, jobIds: readonly string[]): Promise<void> {
  // Once more where the caller has: one that was made since is not to be moved without its owner.
  await lockOwners(tx, lives, await findDependents(tx, jobIds));
  const ids = (await tx.rows<NamedJob>('lock-dependents', LOCK, [jobIds])).map(({ id }) => id);
  const ends: JobEnd[] = [];
  while (ids.length > 0) {
    const moves = await judgeDependents(tx, ids);
    if (moves.length === 0) break;
    const restarted = moves.filter(({ failed }) => failed);
    for (const { call, ids: some } of byOwner(lives, 'onRetry', restarted)) await call(tx, some);
    await move(tx, moves);
    for (const { id, name, to, failure } of moves) if (to === 'failed') ends.push({ id, name, state: to, failure });
  }
  await settleOwners(tx, lives, ends);
}

async function move(tx: Tx, moves: readonly Move[]): Promise<void> {
  await tx.rows('move-dependents', MOVE, [
    moves.map(({ id }) => id),
    moves.map(({ to }) => to),
    moves.map(({ failure }) => failure?.code ?? null),
    moves.map(({ failure }) => failure?.message ?? null),
    moves.map(({ failure }) => failure?.sentence ?? null),
    moves.map(({ failure }) => failure?.hint ?? null),
  ]);
  for (const { queue, to } of moves) if (to === 'queued' && queueNames.includes(queue)) tx.wake(queueWake(queue));
  tx.wake(LIVE_WAKE);
}
