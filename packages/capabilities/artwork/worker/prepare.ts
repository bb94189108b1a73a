import path from 'node:path';
import { isImageKind } from '@windlass/image-pipeline/file-kind';
import { ImageRefused } from '@windlass/image-pipeline/image-refused';
import { inspectImage } from '@windlass/image-pipeline/inspect-image';
import { openFileSource } from '@windlass/image-pipeline/open-file-source';
import { recogniseKind } from '@windlass/image-pipeline/recognise-kind';
import type { JobContext, JobHandler } from '@windlass/queue/jobs/job-context';
import type { WorkerServices } from '../../kit/worker-services.ts';
import { type jobs, renditionSizes } from '../contract.ts';
import { discardObjects } from '../purge-artworks.ts';
import { hintFor } from '../rules.ts';
import { fetchObject } from './fetch-object.ts';
import { keepPictures } from './keep-pictures.ts';
import { recordKept, recordNoPictures, recordPictures } from './record-pictures.ts';
import { retryWhenBusy } from './retry-when-busy.ts';
import { settleContent } from './settle-content.ts';
import { withFolder } from './with-folder.ts';

type Prepare = (typeof jobs)['artwork.prepare'];
type File = {
  id: string;
  shopId: string;
  objectKey: string;
  state: 'waiting' | 'ready' | 'no_preview' | 'failed';
  name: string;
};

const FIND = `select f.id, f.shop_id as "shopId", f.object_key as "objectKey", f.state,
  coalesce(min(a.name), '') as name
  from artwork_file f left join artwork a on a.file_id = f.id where f.id = $1 group by f.id`;

const OUTPUTS = [
  { name: 'full', within: renditionSizes.full, formats: ['webp'] },
  { name: 'preview', within: renditionSizes.preview, formats: ['webp', 'avif'] },
  { name: 'thumb', within: renditionSizes.thumb, formats: ['webp'] },
] as const;

/**
 * Reads a file through, once: its hash says whether the shop has it already. A picture is decoded once and written in
 * all its sizes; a refused one ends with its reason on the artwork, which is no failure of the job. Running again
 * writes the same again.
 */
export const run: JobHandler<Prepare, WorkerServices> = async (context, services) => {
  const { database } = services;
  const file = await database.sql.row<File>('artwork-file-to-prepare', FIND, [context.payload.fileId]);
  if (!file || file.state === 'ready' || file.state === 'failed') return; // settled meanwhile
  await withFolder((folder) => prepare(context, services, { file, folder }));
};

async function prepare(
  context: JobContext<Prepare>,
  services: WorkerServices,
  { file, folder }: { file: File; folder: string },
): Promise<void> {
  const { database, storage, images } = services;
  const original = path.join(folder, 'original');
  const staying = await context.step(
    'read',
    async () => {
      const sha256 = await fetchObject(storage, file.objectKey, { to: original, signal: context.signal });
      return database.transaction((tx) => settleContent(tx, { id: file.id, shopId: file.shopId, sha256 }));
    },
    { rerun: true },
  );
  if (staying !== file.id || file.state === 'no_preview') {
    await database.transaction((tx) => recordKept(tx, staying));
    return;
  }
  try {
    await context.step('inspect', () => inspect(original, file.name), { rerun: true });
    const wish = { path: original, outputs: OUTPUTS, directory: folder, signal: context.signal };
    const rendered = await context.step('render', () => retryWhenBusy(() => images.render(wish)), { rerun: true });
    await context.step(
      'keep',
      async () => {
        const kept = await keepPictures(storage, rendered.files, (done) => context.progress(done));
        await database.transaction(async (tx) => {
          if (!(await recordPictures(tx, file.id, { rendered, kept })))
            await discardObjects(tx, { shopId: file.shopId, subject: file.id, objectKeys: kept.objects });
        });
      },
      { rerun: true },
    );
  } catch (error) {
    if (!(error instanceof ImageRefused)) throw error;
    const { code, sentence } = error;
    await database.transaction((tx) => recordNoPictures(tx, file.id, { code, sentence, hint: hintFor(code) }));
  }
}

/** Again here, though the server has looked: what is decoded is what this process has read. */
async function inspect(file: string, name: string): Promise<void> {
  const source = await openFileSource(file);
  try {
    const kind = await recogniseKind(source, name);
    if (!isImageKind(kind)) throw new ImageRefused('NOT_AN_IMAGE', 'This file is no picture.');
    await inspectImage(source);
  } finally {
    await source.close();
  }
}
