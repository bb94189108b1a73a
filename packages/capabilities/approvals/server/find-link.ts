import type { Sql } from '@windlass/db/sql';
import type { LinkState } from '../contract.ts';
import { hashToken, TOKEN_FORM } from '../link-token.ts';
import { stateOfLink } from '../rules.ts';

export type OpenedLink = {
  id: string;
  shopId: string;
  shopName: string;
  orderId: string;
  orderNumber: number;
  bundleId: string;
  bundleName: string;
  objectKey: string | null;
  fileName: string;
  sizeBytes: number;
  contents: { name: string; sizeBytes: number }[];
  expiresAt: string;
  downloads: number;
  maxDownloads: number;
  state: LinkState;
};

const SELECT = `select k.id, k.shop_id as "shopId", s.name as "shopName", k.order_id as "orderId",
  o.number as "orderNumber",
    b.id as "bundleId", b.name as "bundleName", b.object_key as "objectKey", b.file_name as "fileName", b.size_bytes::float8 as "sizeBytes",
    b.contents, k.expires_at::text as "expiresAt", k.downloads, k.max_downloads as "maxDownloads",
    k.expires_at <= now() as expired, k.revoked_at is not null as revoked
  from download_link k join shop s on s.id = k.shop_id
    join customer_order o on o.id = k.order_id join bundle b on b.id = k.bundle_id
  where k.token_hash = $1`;

/**
 * What a token opens, or undefined. A token of another form than ours asks nothing of the database; ours is looked up
 * by its hash, so nothing compares secrets in time.
 */
export async function findLink(sql: Sql, token: string | undefined): Promise<OpenedLink | undefined> {
  if (!token || !TOKEN_FORM.test(token)) return undefined;
  const row = await sql.row<Omit<OpenedLink, 'state'> & { expired: boolean; revoked: boolean }>(
    'find-download-link',
    SELECT,
    [hashToken(token)],
  );
  if (!row) return undefined;
  const { expired, revoked, ...link } = row;
  return {
    ...link,
    expiresAt: new Date(row.expiresAt).toISOString(),
    state: stateOfLink({ expired, revoked, downloads: row.downloads, maxDownloads: row.maxDownloads }),
  };
}
