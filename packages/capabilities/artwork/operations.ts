/** What the parts of this capability, and the seed, may do with artwork in their own transaction. */
import type { Tx } from '@windlass/db/sql';
import { enqueue } from '@windlass/queue/jobs/enqueue';
import { jobs } from './contract.ts';

export {
  artworkAtWork,
  collectArtwork,
  eraseArtwork,
  findCustomerArtwork,
  stopArtwork,
  uploadsToForget,
} from './customer-data.ts';

export { forgetUpload } from './forget-upload.ts';

const POINT = `update artwork_file set job_id = $2 where id = $1`;

/**
 * Asks for the pictures of a file. `round`: asked again after an earlier job ended without them; of two who ask for the
 * same round one makes the job. Answers whether this call did.
 */
export async function enqueuePrepare(
  tx: Tx,
  file: { id: string; shopId: string; artworkId: string; round: number },
  { requestId, group }: { requestId?: string; group?: string } = {},
): Promise<boolean> {
  const jobId = await enqueue(
    tx,
    { job: jobs['artwork.prepare'], payload: { fileId: file.id } },
    {
      shopId: file.shopId,
      subject: file.artworkId,
      dedupeKey: `${file.id}:prepare:${file.round}`,
      ...(requestId && { requestId }),
      ...(group && { group }),
    },
  );
  if (!jobId) return false;
  await tx.rows('point-file-at-job', POINT, [file.id, jobId]);
  return true;
}
