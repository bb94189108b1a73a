import type { JobHandler } from '@windlass/queue/jobs/job-context';
import type { WorkerServices } from '../../kit/worker-services.ts';
import type { jobs } from '../contract.ts';
import { enqueuePrepare } from '../operations.ts';
import { purgeMissed } from './purge-removed.ts';
import { sweepUploads } from './sweep-uploads.ts';

/** A run asks for so many at most: what it leaves, the next finds, and what is looked at comes first anyway. */
const MOST = 20;

/**
 * Files of the last 24 hours that wait while no job is on its way. Each upload asks for its own pictures, so this finds
 * only what an accident left behind. What a person must look at (a job that failed) is not tried again by itself.
 */
const MISSED = `select f.id, f.shop_id as "shopId", min(a.id) as "artworkId",
    (select count(*)::int from job x where x.name = 'artwork.prepare'
      and x.dedupe_key like f.id || ':prepare:%') as rounds
  from artwork_file f join artwork a on a.file_id = f.id left join job j on j.id = f.job_id
  where f.state = 'waiting' and f.created_at > now() - interval '24 hours' and f.created_at < now() - interval '1 minute'
    and (j.id is null or j.state in ('succeeded', 'degraded', 'cancelled'))
  group by f.id order by f.created_at limit ${MOST}`;

/** The safety net below the enqueue at upload. One that cannot be asked for is told in the log, and the others are. */
export const run: JobHandler<(typeof jobs)['artwork.sweep'], WorkerServices> = async (context, services) => {
  const { database, log } = services;
  await context.step(
    'find',
    async () => {
      const missed = await database.sql.rows<{ id: string; shopId: string; artworkId: string; rounds: number }>(
        'missed-artwork-files',
        MISSED,
      );
      let asked = 0;
      for (const file of missed) {
        try {
          if (await database.transaction((tx) => enqueuePrepare(tx, { ...file, round: file.rounds + 1 }))) asked += 1;
        } catch (error) {
          log.error({ err: error, fileId: file.id }, 'the pictures of a file could not be asked for');
        }
      }
      const swept = await sweepUploads(services);
      const purged = await purgeMissed(database);
      return { asked, swept, purged };
    },
    { rerun: true },
  );
};
