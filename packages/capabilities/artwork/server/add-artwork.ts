import { newId } from '@windlass/db/ids';
import { recordEvents } from '@windlass/live/record-events';
import { isKeptKind } from '@windlass/image-pipeline/file-kind';
import { recordAudit } from '../../kit/record-audit.ts';
import { Refusal } from '../../kit/refusal.ts';
import { enqueuePrepare } from '../operations.ts';
import { whyNoPreview } from '../rules.ts';
import type { Inspected } from './inspect-upload.ts';
import { type Ended, outcomeOf } from './refuse-upload.ts';
import type { OpenUpload, UploadScope } from './upload-scope.ts';
import { uploaded } from '../events.ts';

/** The order's row first, as everywhere: what happens to one order is told in the order it happened. */
const LOCK_ORDER = `select id from customer_order where id = $1 for update`;
const LOCK_UPLOAD = `select state, artwork_id as "artworkId", refusal from artwork_upload where id = $1 for update`;
const SUPERSEDE = `update artwork set superseded_at = now()
  where id = $1 and superseded_at is null and removed_at is null returning version`;
const FILE = `insert into artwork_file (id, shop_id, object_key, size_bytes, kind, state, width, height, spare_channel,
  error_code, error_sentence, error_hint)
  values ($1, $2, $3, $4, $5, $6::artwork_file_state, $7, $8, $9, $10, $11, $12)`;
const ARTWORK = `insert into artwork (id, shop_id, order_id, order_line_id, file_id, name, version, replaces_id,
  uploaded_by)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;
const FINISH = `update artwork_upload set state = 'finished', artwork_id = $2, ended_at = now() where id = $1`;

/**
 * The artwork, its file, the job that makes its pictures and the news of it, in one transaction. Answers the artwork's
 * id.
 */
export function addArtwork(scope: UploadScope, upload: OpenUpload, file: Inspected): Promise<string> {
  return scope.services.database.transaction(async (tx) => {
    await tx.rows('lock-order', LOCK_ORDER, [upload.orderId]);
    const now = await tx.row<{ state: string } & Ended>('lock-artwork-upload', LOCK_UPLOAD, [upload.id]);
    if (now?.state !== 'open') return outcomeOf(now); // the same click, twice at once
    const [artworkId, fileId] = [newId('art'), newId('afl')];
    let version = 1;
    if (upload.replacesId) {
      const before = await tx.row<{ version: number }>('supersede-artwork', SUPERSEDE, [upload.replacesId]);
      if (!before)
        throw new Refusal('conflict', 'REPLACED_ALREADY', {
          message: 'Somebody has sent a newer version meanwhile. Look at it, then send yours.',
        });
      version = before.version + 1;
    }
    const why = isKeptKind(file.kind) ? whyNoPreview(file.kind) : undefined;
    await tx.rows('insert-artwork-file', FILE, [
      fileId,
      upload.shopId,
      upload.objectKey,
      upload.sizeBytes,
      file.kind,
      why ? 'no_preview' : 'waiting',
      file.width,
      file.height,
      file.spareChannel,
      why?.code ?? null,
      why?.sentence ?? null,
      why?.hint ?? null,
    ]);
    await tx.rows('insert-artwork', ARTWORK, [
      artworkId,
      upload.shopId,
      upload.orderId,
      upload.orderLineId,
      fileId,
      upload.name,
      version,
      upload.replacesId,
      scope.personId,
    ]);
    await tx.rows('finish-artwork-upload', FINISH, [upload.id, artworkId]);
    await enqueuePrepare(
      tx,
      { id: fileId, shopId: upload.shopId, artworkId, round: 1 },
      { requestId: scope.requestId, group: upload.orderId },
    );
    await recordEvents(tx, [
      uploaded({
        shopId: upload.shopId,
        subject: upload.orderId,
        data: {
          artworkId,
          name: upload.name,
          version,
          by: scope.by,
          ...(upload.replacesId && { replaces: upload.replacesId }),
        },
      }),
    ]);
    await recordAudit(tx, {
      shopId: upload.shopId,
      actor: { kind: scope.personId ? 'person' : 'customer', id: scope.personId },
      action: 'artwork.upload',
      subject: artworkId,
      data: { orderId: upload.orderId, kind: file.kind, sizeBytes: upload.sizeBytes },
      requestId: scope.requestId,
    });
    return artworkId;
  });
}
