import type { z } from 'zod';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { partUrlsInput, partUrlsOutput, UploadPlan } from '../contract.ts';
import { forgetUpload } from '../forget-upload.ts';
import { findBytes } from './find-bytes.ts';
import { planUpload } from './upload-plan.ts';
import { findUpload, type OpenUpload, type UploadScope } from './upload-scope.ts';

/** Long enough for a part over a slow line. */
const PART_SECONDS = 3600;

async function findOpen(scope: UploadScope, uploadId: string): Promise<OpenUpload> {
  const upload = await findUpload(scope, uploadId);
  const begun = upload && (scope.services.storage.uploads.kind === 'folder' || upload.multipartId !== null);
  if (!begun || upload.state !== 'open') throw notFound('upload');
  return upload;
}

/** How an upload goes on after a break or a reload: what is still to be sent, or that only its finish is left. */
export async function resumeUpload(scope: UploadScope, uploadId: string): Promise<UploadPlan> {
  const upload = await findOpen(scope, uploadId);
  const found = await findBytes(scope.services, upload);
  if (found.state === 'lost') throw notFound('upload');
  return planUpload(scope.services, upload, found);
}

/** Addresses that take parts, straight to the store. */
export async function signParts(
  scope: UploadScope,
  { uploadId, parts }: z.output<typeof partUrlsInput>,
): Promise<z.infer<typeof partUrlsOutput>> {
  const upload = await findOpen(scope, uploadId);
  const { uploads } = scope.services.storage;
  if (uploads.kind !== 'parts' || !upload.multipartId)
    throw new Refusal('conflict', 'NOT_IN_PARTS', {
      message: 'This upload is sent by tus: go on at the address of its plan.',
    });
  const last = Math.max(1, Math.ceil(upload.sizeBytes / uploads.partBytes));
  const at = { key: upload.objectKey, multipartId: upload.multipartId };
  const asked = parts.filter((part) => part <= last);
  // Each takes what was promised for it and no byte more.
  const bytesOf = (part: number) =>
    part < last ? uploads.partBytes : upload.sizeBytes - (last - 1) * uploads.partBytes;
  return {
    urls: await Promise.all(
      asked.map(async (part) => ({
        part,
        url: await uploads.signPart(at, { number: part, bytes: bytesOf(part) }, PART_SECONDS),
      })),
    ),
  };
}

const ABANDON = `update artwork_upload set state = 'abandoned', ended_at = now()
  where id = $1 and state = 'open' returning id`;

/** Gives an upload up, with what it promised, and forgets its bytes. Giving up what has ended already is no error. */
export async function abandonUpload(scope: UploadScope, uploadId: string): Promise<void> {
  const upload = await findUpload(scope, uploadId);
  if (!upload) throw notFound('upload');
  const { database, storage, settings } = scope.services;
  if (!(await database.sql.row('abandon-artwork-upload', ABANDON, [uploadId]))) return;
  await forgetUpload(storage, settings, { ...upload, state: 'abandoned' });
}
