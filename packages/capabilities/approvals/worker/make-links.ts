import { newId } from '@windlass/db/ids';
import type { Sql } from '@windlass/db/sql';
import { LINK_DOWNLOADS, LINK_HOURS } from '../contract.ts';
import { hashToken, linkToken } from '../link-token.ts';
import { type LinkedBundle, readOrderedBundles } from '../messages/bundle-links.ts';

/**
 * A later attempt at the same delivery finds the same links and gives them their full life again. A revoked one stays
 * revoked. Under another LINK_SECRET than before they open by the new tokens, which this mail carries, and no more by
 * the old.
 */
const UPSERT = `insert into download_link (id, shop_id, order_id, bundle_id, delivery_id, token_hash, expires_at,
  max_downloads)
  select x.id, d.shop_id, d.order_id, x.bundle_id, d.id, x.hash, now() + make_interval(hours => ${LINK_HOURS}),
    ${LINK_DOWNLOADS}
  from delivery d, unnest($2::text[], $3::text[], $4::bytea[]) as x(id, bundle_id, hash)
  where d.id = $1
  on conflict (delivery_id, bundle_id) do update set expires_at = excluded.expires_at, token_hash = excluded.token_hash`;

/** Makes the links of a delivery, all in one statement. A bundle whose file is not there yet is listed without one. */
export async function makeLinks(
  sql: Sql,
  delivery: { id: string; orderId: string },
  settings: { publicUrl: string; linkSecret: string },
): Promise<LinkedBundle[]> {
  const bundles = await readOrderedBundles(sql, delivery.orderId);
  const tokens = new Map(
    bundles
      .filter((b) => b.ready)
      .map((b) => [b.id, linkToken(settings.linkSecret, { deliveryId: delivery.id, bundleId: b.id })]),
  );
  await sql.rows('make-download-links', UPSERT, [
    delivery.id,
    [...tokens].map(() => newId('lnk')),
    [...tokens.keys()],
    [...tokens.values()].map(hashToken),
  ]);
  return bundles.map(({ id, name, sizeBytes }) => {
    const token = tokens.get(id);
    return { name, sizeBytes, url: token ? `${settings.publicUrl}/d/${token}` : null };
  });
}
