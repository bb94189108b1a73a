import type { Tx } from '@windlass/db/sql';
import type { UploadBytes } from './forget-upload.ts';

const REVOKE = `update artwork_link set revoked_at = now() where order_id = any($1::text[]) and revoked_at is null`;
/** The customer's own, also those of an earlier release, which did not know their link. An operator's go on. */
const END_UPLOADS = `update artwork_upload set state = 'abandoned', ended_at = now()
  where order_id = any($1::text[]) and state = 'open' and started_by is null
  returning id, object_key as "objectKey", multipart_id as "multipartId", state`;

/**
 * Closes the customer's links of these orders and ends what is being sent by them. Answers the ended uploads: their
 * bytes are the caller's to forget, or the sweep's.
 */
export async function closeLinks(tx: Tx, orderIds: readonly string[]): Promise<UploadBytes[]> {
  await tx.rows('revoke-artwork-links', REVOKE, [orderIds]);
  return tx.rows<UploadBytes>('end-uploads-of-links', END_UPLOADS, [orderIds]);
}
