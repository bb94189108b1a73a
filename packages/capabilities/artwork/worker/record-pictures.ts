import type { Tx } from '@windlass/db/sql';
import type { NewEvent } from '@windlass/live/event';
import { recordEvents } from '@windlass/live/record-events';
import type { RenderResult } from '@windlass/image-pipeline/create-image-pipeline';
import type { Reason } from '../rules.ts';
import type { KeptPictures } from './keep-pictures.ts';
import { keptWithoutPicture, picturesFailed, picturesReady } from '../events.ts';

const READY = `update artwork_file set state = 'ready', width = $2, height = $3, thumbhash = $4, rendition = $5,
  ready_at = now(),
    error_code = null, error_sentence = null, error_hint = null where id = $1 returning shop_id as "shopId"`;
const CLEAR = `delete from artwork_rendition where file_id = $1`;
const INSERT = `insert into artwork_rendition (file_id, name, format, width, height, size_bytes, sha256)
  select $1, * from unnest($2::text[], $3::text[], $4::int[], $5::int[], $6::int[], $7::bytea[])`;
const FAILED = `update artwork_file set state = 'failed', error_code = $2, error_sentence = $3, error_hint = $4
  where id = $1`;
const ARTWORKS = `select id, shop_id as "shopId" from artwork where file_id = $1 order by id`;

/**
 * Everybody who shows the file hears of it: one word for each artwork that it is. The subject is the artwork: an
 * order's own story tells what people did.
 */
async function tell(
  tx: Tx,
  fileId: string,
  event: (artwork: { id: string; shopId: string }) => NewEvent,
): Promise<void> {
  const artworks = await tx.rows<{ id: string; shopId: string }>('artworks-of-file', ARTWORKS, [fileId]);
  await recordEvents(tx, artworks.map(event));
}

/** The pictures of a file are there. False: its last artwork was deleted meanwhile, and nobody is to see them. */
export async function recordPictures(
  tx: Tx,
  fileId: string,
  { rendered, kept }: { rendered: RenderResult; kept: KeptPictures },
): Promise<boolean> {
  const { files } = rendered;
  const stays = await tx.row<{ shopId: string }>('artwork-file-ready', READY, [
    fileId,
    rendered.width,
    rendered.height,
    rendered.thumbhash,
    kept.hash,
  ]);
  if (!stays) return false;
  await tx.rows('clear-renditions', CLEAR, [fileId]);
  await tx.rows('insert-renditions', INSERT, [
    fileId,
    files.map((f) => f.name),
    files.map((f) => f.format),
    files.map((f) => f.width),
    files.map((f) => f.height),
    files.map((f) => f.bytes),
    files.map((f) => Buffer.from(f.sha256, 'hex')),
  ]);
  await tell(tx, fileId, ({ id, shopId }) =>
    picturesReady({ shopId, subject: id, data: { artworkId: id, objects: kept.objects } }),
  );
  return true;
}

/** There will be none, and why. */
export async function recordNoPictures(tx: Tx, fileId: string, reason: Reason): Promise<void> {
  await tx.rows('artwork-file-failed', FAILED, [fileId, reason.code, reason.sentence, reason.hint]);
  const { code, sentence } = reason;
  await tell(tx, fileId, ({ id, shopId }) =>
    picturesFailed({ shopId, subject: id, data: { artworkId: id, code, sentence } }),
  );
}

/** It is kept as it is; what its artworks show may have changed with the content they share. */
export const recordKept = (tx: Tx, fileId: string): Promise<void> =>
  tell(tx, fileId, ({ id, shopId }) => keptWithoutPicture({ shopId, subject: id, data: { artworkId: id } }));
