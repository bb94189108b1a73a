/** What approvals hold about a person: their download links, and what was said of their orders in batches. */
import type { Sql, Tx } from '@windlass/db/sql';
import { type ForgottenPerson, scrubOf } from '../kit/scrub.ts';

const COLLECT = `select b.name as bundle, k.created_at as "createdAt", k.expires_at as "expiresAt",
  k.revoked_at as "revokedAt", k.max_downloads as "maxDownloads",
    (select json_agg(json_build_object('startedAt', d.started_at, 'endedAt', d.ended_at, 'bytes', d.bytes) order by d.started_at) from download d where d.link_id = k.id) as downloads
  from download_link k join bundle b on b.id = k.bundle_id where k.order_id = any($1::text[]) order by k.created_at`;

/** Their download links and what was fetched by them; the links themselves are not told. */
export const collectLinks = (sql: Sql, orderIds: readonly string[]): Promise<object[]> =>
  sql.rows('collect-download-links', COLLECT, [orderIds]);

const REVOKE = `update download_link set revoked_at = coalesce(revoked_at, now()) where order_id = any($1::text[])`;
const CLIENTS = `update download d set client = null
  from download_link k where k.id = d.link_id and k.order_id = any($1::text[]) and d.client is not null`;
const ITEMS = `select batch_id as "batchId", position, sentence
  from batch_item where order_id = any($1::text[]) and sentence is not null`;
const KEEP_ITEM = `update batch_item set sentence = $3 where batch_id = $1 and position = $2`;
const NOTES = `select distinct b.id, b.notes from batch b
  join batch_item i on i.batch_id = b.id where i.order_id = any($1::text[]) and b.notes is not null`;
const KEEP_NOTES = `update batch set notes = $2 where id = $1`;

/** Closes their links for good and forgets from where they were opened. */
export async function closeDownloadLinks(tx: Tx, orderIds: readonly string[]): Promise<void> {
  await tx.rows('close-download-links', REVOKE, [orderIds]);
  await tx.rows('forget-download-clients', CLIENTS, [orderIds]);
}

export async function eraseApprovals(tx: Tx, { orderIds, texts }: ForgottenPerson): Promise<void> {
  const { text } = scrubOf(texts);
  for (const item of await tx.rows<{ batchId: string; position: number; sentence: string }>('items-of-person', ITEMS, [
    orderIds,
  ])) {
    await tx.rows('erase-batch-item', KEEP_ITEM, [item.batchId, item.position, text(item.sentence)]);
  }
  for (const batch of await tx.rows<{ id: string; notes: string }>('notes-of-batches', NOTES, [orderIds]))
    await tx.rows('erase-batch-notes', KEEP_NOTES, [batch.id, text(batch.notes)]);
}
