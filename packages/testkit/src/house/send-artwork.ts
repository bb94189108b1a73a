import type { UploadPlan } from '@windlass/capabilities/artwork/contract';
import type { House } from './start-house.ts';
import { dataOf, type Visitor } from './visitor.ts';

export type ArtworkWish = { orderId: string; lineId?: string; replacesId?: string; name?: string; bytes: Uint8Array };

/** Sends a file of artwork as the admin's pages do: begun, its bytes by the tus protocol, finished. */
export async function sendArtwork(
  house: House,
  visitor: Visitor,
  { name = 'logo.png', bytes, ...where }: ArtworkWish,
): Promise<{ uploadId: string; artworkId: string }> {
  const plan = dataOf(await visitor.mutate('artwork.startUpload', { ...where, name, sizeBytes: bytes.length }));
  await patchBytes(house, plan, bytes);
  const { artworkId } = dataOf(await visitor.mutate('artwork.finishUpload', { uploadId: plan.uploadId }));
  return { uploadId: plan.uploadId, artworkId };
}

export type TusAnswer = { status: number; offset: number };

/** One PATCH of the tus protocol from `offset` on. */
export async function patchBytes(
  house: House,
  plan: Pick<UploadPlan, 'url'>,
  bytes: Uint8Array,
  offset = 0,
): Promise<TusAnswer> {
  const { pathname } = new URL(plan.url!);
  const answer = await fetch(house.server.url + pathname, {
    method: 'PATCH',
    headers: {
      'tus-resumable': '1.0.0',
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
    },
    body: bytes.slice(offset),
  });
  await answer.arrayBuffer();
  return { status: answer.status, offset: Number(answer.headers.get('upload-offset') ?? -1) };
}
