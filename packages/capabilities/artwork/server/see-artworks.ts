import { prioritiseJobs } from '@windlass/queue/control/prioritise-jobs';
import { notFound } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { enqueuePrepare } from '../operations.ts';

/** Files on the screen that have no pictures yet, and whether a job is on its way to make them. */
const WAITING = `select f.id, f.shop_id as "shopId", min(a.id) as "artworkId", f.job_id as "jobId",
    coalesce(j.state in ('scheduled', 'queued', 'active', 'retrying'), false) as moving,
    (select count(*)::int from job x where x.name = 'artwork.prepare'
      and x.dedupe_key like f.id || ':prepare:%') as rounds
  from artwork a join artwork_file f on f.id = a.file_id left join job j on j.id = f.job_id
  where a.shop_id = $1 and a.id = any($2::text[]) and f.state = 'waiting' and coalesce(j.state, 'queued') <> 'failed'
  group by f.id, j.id`;
const ANY = `select 1 as yes from artwork where shop_id = $1 and id = any($2::text[]) limit 1`;
type Waiting = { id: string; shopId: string; artworkId: string; jobId: string | null; moving: boolean; rounds: number };

/**
 * Puts what somebody is looking at before everything else, and asks for what nobody is making: an old artwork whose job
 * was lost gets its pictures when it is seen. A job that failed waits for a person's retry.
 */
export async function seeArtworks(ctx: SignedInContext, ids: readonly string[]): Promise<{ moved: number }> {
  if (ids.length === 0) return { moved: 0 };
  const { database } = ctx.services;
  const files = await database.sql.rows<Waiting>('waiting-artwork-files', WAITING, [ctx.person.shopId, ids]);
  if (files.length === 0 && !(await database.sql.row('any-artwork', ANY, [ctx.person.shopId, ids])))
    throw notFound('artwork');
  const missed = files.filter((file) => !file.moving);
  if (missed.length > 0) {
    await database.transaction(async (tx) => {
      for (const file of missed)
        await enqueuePrepare(tx, { ...file, round: file.rounds + 1 }, { requestId: ctx.requestId });
    });
  }
  const moved = await prioritiseJobs(
    database.sql,
    files.flatMap(({ jobId, moving }) => (moving && jobId ? [jobId] : [])),
  );
  return { moved: moved + missed.length };
}
