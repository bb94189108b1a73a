import type { Tx } from '@windlass/db/sql';
import { enqueue } from '@windlass/queue/jobs/enqueue';
import { jobs } from '../contract.ts';
import { enqueuePrepare } from '../operations.ts';

const LOCK_SHOP = `select pg_advisory_xact_lock(hashtextextended('artwork content:' || $1, 0))`;
const SAME = `select id from artwork_file where shop_id = $1 and sha256 = $2 and id <> $3`;
const REMEMBER = `update artwork_file set sha256 = $2 where id = $1 and sha256 is distinct from $2`;
const MOVE = `update artwork set file_id = $2 where file_id = $1`;
/**
 * A failure that says as much of the machine it was tried on as of the bytes. Rounds are counted on: a job of an
 * earlier one may be pruned.
 */
const TRY_ANEW = `update artwork_file f
  set state = 'waiting', error_code = null, error_sentence = null, error_hint = null
  where id = $1 and state = 'failed' and error_code = 'TOO_SLOW'
  returning id, shop_id as "shopId", (select min(a.id) from artwork a where a.file_id = f.id) as "artworkId",
    (select coalesce(max(split_part(x.dedupe_key, ':', 3)::int), 0) + 1 from job x
      where x.name = 'artwork.prepare' and x.dedupe_key like f.id || ':prepare:%') as round`;
type Anew = { id: string; shopId: string; artworkId: string; round: number };
const DROP = `delete from artwork_file where id = $1 returning object_key as "objectKey"`;

/**
 * The same bytes are kept once: where the shop has this content already, the artworks of this file become artworks of
 * that one, and the second object goes. Where that one was too slow to be read it is tried anew. Answers the id of the
 * file that stays.
 */
export async function settleContent(tx: Tx, file: { id: string; shopId: string; sha256: Buffer }): Promise<string> {
  await tx.rows('lock-artwork-content', LOCK_SHOP, [`${file.shopId}:${file.sha256.toString('hex')}`]);
  const same = await tx.row<{ id: string }>('find-same-content', SAME, [file.shopId, file.sha256, file.id]);
  if (!same) {
    await tx.rows('remember-content', REMEMBER, [file.id, file.sha256]);
    return file.id;
  }
  await tx.rows('move-artworks', MOVE, [file.id, same.id]);
  const dropped = await tx.row<{ objectKey: string }>('drop-artwork-file', DROP, [file.id]);
  if (dropped)
    await enqueue(
      tx,
      { job: jobs['artwork.discard'], payload: dropped },
      { shopId: file.shopId, dedupeKey: `discard:${dropped.objectKey}` },
    );
  const anew = await tx.row<Anew>('try-slow-content-anew', TRY_ANEW, [same.id]);
  if (anew) await enqueuePrepare(tx, anew);
  return same.id;
}
