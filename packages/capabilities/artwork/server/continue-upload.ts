import type { z } from 'zod';
import { missing, Refusal } from '../../kit/refusal.ts';
import type { partUrlsInput, partUrlsOutput, UploadPlan } from '../contract.ts';
import { removeTusFile } from '../tus-files.ts';
import { planUpload } from './upload-plan.ts';
import { findUpload, type OpenUpload, type UploadScope } from './upload-scope.ts';

/** Long enough for a part over a slow line. */
const PART_SECONDS = 3600;

async function findOpen(scope: UploadScope, uploadId: string): Promise<OpenUpload> {
  const upload = await findUpload(scope, uploadId);
  if (!upload || upload.state !== 'open') throw missing('upload');
  return upload;
}

/** How an upload goes on after a reload. */
export async function resumeUpload(scope: UploadScope, uploadId: string): Promise<UploadPlan> {
  return planUpload(scope.services, await findOpen(scope, uploadId));
}

/** Addresses that take parts, straight to the store. */
export async function signParts(scope: UploadScope, { uploadId, parts }: z.output<typeof partUrlsInput>): Promise<z.infer<typeof partUrlsOutput>> {
  const upload = await findOpen(scope, uploadId);
  const { uploads } = scope.services.storage;
  if (uploads.kind !== 'parts' || !upload.multipartId) throw new Refusal('conflict', 'NOT_IN_PARTS', { message: 'This upload is sent by tus: go on at the address of its plan.' });
  const last = Math.max(1, Math.ceil(upload.sizeBytes / uploads.partBytes));
  const at = { key: upload.objectKey, multipartId: upload.multipartId };
  const asked = parts.filter((part) => part <= last);
  return { urls: await Promise.all(asked.map(async (part) => ({ part, url: await uploads.signPart(at, part, PART_SECONDS) }))) };
}

const ABANDON = `update artwork_upload set state = 'abandoned', ended_at = now() where id = $1 and state = 'open' returning id`;

/** Gives an upload up and forgets its bytes. Giving up what has ended already is no error. */
export async function abandonUpload(scope: UploadScope, uploadId: string): Promise<void> {
  const upload = await findUpload(scope, uploadId);
  if (!upload) throw missing('upload');
  if (!(await scope.services.database.sql.row('abandon-artwork-upload', ABANDON, [uploadId]))) return;
  const { storage, settings } = scope.services;
  if (storage.uploads.kind === 'folder') await removeTusFile(storage.uploads, settings.linkSecret, uploadId);
  else if (upload.multipartId) await storage.uploads.abort({ key: upload.objectKey, multipartId: upload.multipartId });
}
