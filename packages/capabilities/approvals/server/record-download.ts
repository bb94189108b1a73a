import { newId } from '@windlass/db/ids';
import type { Sql } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';

const REDEEM = `with redeemed as (
    update download_link set downloads = downloads + 1
    where id = $1 and downloads < max_downloads and revoked_at is null and expires_at > now()
    returning id, shop_id, order_id, bundle_id, downloads, max_downloads),
  kept as (insert into download (id, link_id, client) select $2, id, $3 from redeemed),
  told as (
    insert into event (shop_id, topic, subject, type, data)
    select r.shop_id, 'approvals', r.order_id, 'link.downloaded',
      jsonb_build_object('linkId', r.id, 'downloadId', $2::text, 'bundle', b.name, 'count', r.downloads, 'of', r.max_downloads)
    from redeemed r join bundle b on b.id = r.bundle_id)
  select id from redeemed`;

/** Counts one redemption, atomically: the last one is given to one of two who ask at once. Undefined: there was none left. */
export async function redeemLink(sql: Sql, linkId: string, client: string): Promise<string | undefined> {
  const downloadId = newId('dl');
  const row = await sql.row('redeem-link', REDEEM, [linkId, downloadId, client]);
  if (!row) return undefined;
  sql.wake(LIVE_WAKE);
  return downloadId;
}

/** How much of it went out, when the stream has ended one way or the other. */
export async function recordDownloadEnd(sql: Sql, downloadId: string, bytes: number): Promise<void> {
  await sql.rows('record-download-end', 'update download set bytes = $2, ended_at = now() where id = $1', [downloadId, bytes]);
}

/** A later part of a download that the same client began: not counted again. */
export async function hasRedeemed(sql: Sql, linkId: string, client: string): Promise<boolean> {
  return (await sql.row('has-redeemed', `select 1 as yes from download where link_id = $1 and client = $2 limit 1`, [linkId, client])) !== undefined;
}
