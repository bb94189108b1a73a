import { notFound, Refusal, type RefusalKind } from '../../kit/refusal.ts';
import type { Sql } from '@windlass/db/sql';

/** What the sender of a refused upload was told. */
export type UploadRefusal = { kind: RefusalKind; word: string; message: string };
export type Ended = { artworkId: string | null; refusal: UploadRefusal | null };

const REFUSE = `update artwork_upload set state = 'refused', refusal = $2, ended_at = now()
  where id = $1 and state = 'open'`;

/** Ends an upload with what its sender is told. One that has ended meanwhile, as artwork perhaps, stays as it is. */
export async function refuseUpload(sql: Sql, uploadId: string, { kind, word, message }: Refusal): Promise<void> {
  const refusal: UploadRefusal = { kind, word, message };
  await sql.rows('refuse-artwork-upload', REFUSE, [uploadId, JSON.stringify(refusal)]);
}

/**
 * How an upload has ended: the artwork it became; refused, as its sender was told then; or it is not there any more.
 */
export function outcomeOf(upload: Ended | undefined): string {
  if (upload?.artworkId) return upload.artworkId;
  if (!upload?.refusal) throw notFound('upload');
  const { kind, word, message } = upload.refusal;
  throw new Refusal(kind, word, { message });
}
