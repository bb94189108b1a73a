import { newId } from '@windlass/db/ids';
import type { z } from 'zod';
import { notFound, Refusal } from '../../kit/refusal.ts';
import { MOST_BYTES, MOST_ON_ORDER, type startUploadInput, type UploadPlan } from '../contract.ts';
import { cleanFileName } from '../rules.ts';
import { createTusFile } from '../tus-files.ts';
import { promiseUpload } from './promise-upload.ts';
import { planUpload } from './upload-plan.ts';
import type { OpenUpload, UploadScope } from './upload-scope.ts';

const LOOK = `select ($3::text is null or exists (select 1 from order_line l where l.id = $3 and l.order_id = o.id)) as "hasLine",
    ($4::text is null or exists (select 1 from artwork a where a.id = $4 and a.order_id = o.id and a.superseded_at is null and a.removed_at is null)) as "hasArtwork",
    (select count(*)::int from artwork a where a.order_id = o.id and a.removed_at is null)
      + (select count(*)::int from artwork_upload u where u.order_id = o.id and u.state = 'open') as there
  from customer_order o where o.id = $1 and o.shop_id = $2 and o.erased_at is null`;
const IN_PARTS = `update artwork_upload set multipart_id = $2 where id = $1`;
/** Nothing was sent and nothing will be: what it promised is free again. */
const NOT_BEGUN = `update artwork_upload set state = 'abandoned', ended_at = now() where id = $1 and state = 'open'`;

/**
 * Begins an upload: its bytes are promised, and nothing of it is artwork before they have come in and been looked at.
 */
export async function startUpload(scope: UploadScope, input: z.output<typeof startUploadInput>): Promise<UploadPlan> {
  const { services, shopId } = scope;
  refuseSize(input.sizeBytes);
  const order = await services.database.sql.row<{ hasLine: boolean; hasArtwork: boolean; there: number }>(
    'look-before-upload',
    LOOK,
    [input.orderId, shopId, input.lineId ?? null, input.replacesId ?? null],
  );
  if (!order) throw notFound('order');
  if (!order.hasLine) throw notFound('order line');
  if (!order.hasArtwork) throw notFound('artwork');
  if (order.there >= MOST_ON_ORDER) {
    throw new Refusal('conflict', 'TOO_MANY_FILES', {
      message: `An order holds at most ${MOST_ON_ORDER} files. Remove some first, or send several as one archive.`,
    });
  }
  const id = newId('upl');
  const upload: OpenUpload = {
    id,
    shopId,
    orderId: input.orderId,
    orderLineId: input.lineId ?? null,
    replacesId: input.replacesId ?? null,
    name: cleanFileName(input.name),
    sizeBytes: input.sizeBytes,
    objectKey: `artwork/${shopId}/${id}`,
    multipartId: null,
    state: 'open',
    artworkId: null,
    refusal: null,
  };
  await services.database.transaction((tx) => promiseUpload(tx, scope, upload));
  try {
    return await makeRoom(scope, upload);
  } catch (error) {
    await services.database.sql.rows('give-back-upload', NOT_BEGUN, [id]);
    throw error;
  }
}

/**
 * Where its bytes will go: a file, or parts at the store. After its row, so that nothing lies about that no row knows
 * of.
 */
async function makeRoom({ services }: UploadScope, upload: OpenUpload): Promise<UploadPlan> {
  const { uploads } = services.storage;
  if (uploads.kind === 'parts') {
    upload.multipartId = (await uploads.begin(upload.objectKey)).multipartId;
    await services.database.sql.rows('upload-in-parts', IN_PARTS, [upload.id, upload.multipartId]);
  } else {
    await createTusFile(uploads, services.settings.linkSecret, upload);
  }
  return planUpload(services, upload);
}

export function refuseSize(sizeBytes: number): void {
  if (sizeBytes === 0)
    throw new Refusal('invalid', 'EMPTY_FILE', {
      message: 'This file is empty. Choose it again; perhaps it is still being copied.',
    });
  if (sizeBytes > MOST_BYTES)
    throw new Refusal('too-large', 'FILE_TOO_LARGE', {
      message: 'A file may have at most 512 MB. Save it smaller, or send a link in the note of the order.',
    });
}
