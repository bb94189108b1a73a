import path from 'node:path';
import type { Database } from '@windlass/db/open-database';
import { ImageRefused } from '@windlass/image-pipeline/image-refused';
import { recordEvents } from '@windlass/live/record-events';
import { GiveUp, RetryLater } from '@windlass/queue/jobs/errors';
import { enqueue } from '@windlass/queue/jobs/enqueue';
import type { JobContext, JobHandler } from '@windlass/queue/jobs/job-context';
import type { WorkerServices } from '../../kit/worker-services.ts';
import { blankFor } from '../blanks.ts';
import { jobs, renditionSizes } from '../contract.ts';
import { garmentColour } from '../garment-colour.ts';
import { pictureKey } from '../picture-key.ts';
import { discardObjects } from '../purge-artworks.ts';
import { hintFor } from '../rules.ts';
import { fetchObject } from './fetch-object.ts';
import { keepPictures } from './keep-pictures.ts';
import { retryWhenBusy } from './retry-when-busy.ts';
import { withFolder } from './with-folder.ts';
import { proofMade } from '../events.ts';

type MakeProof = (typeof jobs)['artwork.make-proof'];

const FIND = `select a.id, a.shop_id as "shopId", f.state as "fileState", f.rendition,
  case when p.state not in ('succeeded', 'degraded', 'cancelled') then p.id end as "prepareJobId",
  l.decoration_location as location, l.title
  from artwork a join artwork_file f on f.id = a.file_id
    left join job p on p.id = f.job_id
    left join order_line l on l.id = a.order_line_id where a.id = $1 and a.removed_at is null`;
type Found = {
  id: string;
  shopId: string;
  fileState: string;
  rendition: string | null;
  /** Makes the pictures, or has failed to and can be run again. */
  prepareJobId: string | null;
  location: string | null;
  title: string | null;
};
const KEEP = `update artwork set proof = $2, proof_width = $3, proof_height = $4 where id = $1 returning id`;

/**
 * The pictures are another job's than the one this followed: the same bytes were there already and are tried anew, or
 * the release before made this one. A job of its own follows that one.
 */
async function followPictures(
  { id, shopId, subject, requestId, payload }: JobContext<MakeProof>,
  database: Database,
  prepareJobId: string | null,
): Promise<void> {
  if (!prepareJobId)
    throw new RetryLater({
      code: 'NOT_READY',
      message: 'the pictures are not made, and no job makes them',
      sentence: 'Its pictures have not been made.',
      hint: 'Open the artwork: that asks for them. Then try again.',
    });
  await database.transaction((tx) =>
    enqueue(
      tx,
      { job: jobs['artwork.make-proof'], payload },
      {
        shopId,
        ...(subject && { subject }),
        ...(requestId && { requestId }),
        dedupeKey: `${id}:pictures`,
        after: [prepareJobId],
      },
    ),
  );
}

/** Places the artwork where it will be printed, on a picture of the garment, for the customer to say yes to. */
export const run: JobHandler<MakeProof, WorkerServices> = async (context, { database, storage, images }) => {
  const artwork = await database.sql.row<Found>('artwork-to-prove', FIND, [context.payload.artworkId]);
  if (!artwork || artwork.fileState === 'no_preview') return;
  if (artwork.fileState === 'failed') {
    throw new GiveUp({
      code: 'NO_PICTURE',
      message: 'the file has no pictures',
      sentence: 'No picture could be made of this file, so there is no proof of it.',
      hint: 'Ask for another file.',
    });
  }
  if (!artwork.rendition) return followPictures(context, database, artwork.prepareJobId);
  const { rendition } = artwork;
  await withFolder(async (folder) => {
    const overlayPath = path.join(folder, 'artwork.webp');
    const proof = await context.step(
      'compose',
      async () => {
        await fetchObject(storage, pictureKey(rendition, 'full', 'webp'), { to: overlayPath, signal: context.signal });
        const { file: basePath, box } = blankFor(artwork.location);
        try {
          const output = { name: 'proof', within: renditionSizes.preview, formats: ['webp'] } as const;
          const tint = garmentColour(artwork.title ?? '');
          const wish = { basePath, overlayPath, box, tint, output, directory: folder, signal: context.signal };
          return await retryWhenBusy(() => images.compose(wish));
        } catch (error) {
          if (!(error instanceof ImageRefused)) throw error;
          throw new GiveUp({
            code: error.code,
            message: error.message,
            sentence: error.sentence,
            hint: hintFor(error.code),
          });
        }
      },
      { rerun: true },
    );
    await context.step(
      'keep',
      async () => {
        const { hash, objects } = await keepPictures(storage, [proof], (done) => context.progress(done));
        await database.transaction(async (tx) => {
          const stays = await tx.row('keep-proof', KEEP, [artwork.id, hash, proof.width, proof.height]);
          if (!stays) return discardObjects(tx, { shopId: artwork.shopId, subject: artwork.id, objectKeys: objects }); // deleted meanwhile
          await recordEvents(tx, [
            proofMade({
              shopId: artwork.shopId,
              subject: artwork.id,
              data: { artworkId: artwork.id, objects },
            }),
          ]);
        });
      },
      { rerun: true },
    );
  });
};
