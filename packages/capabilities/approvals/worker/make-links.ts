import { newId } from '@windlass/db/ids';
import type { Sql } from '@windlass/db/sql';
import { LINK_DOWNLOADS, LINK_HOURS } from '../contract.ts';
import { hashToken, linkToken } from '../link-token.ts';
import type { LinkedBundle, OrderedBundle } from '../messages/bundle-links.ts';

/**
 * A later attempt at the same delivery finds the same links and gives them their full life again. A revoked one stays
 * revoked. Under another LINK_SECRET than before they open by the new tokens, which this mail carries, and no more by
 * the old.
 */
const UPSERT = `insert into download_link (id, shop_id, order_id, bundle_id, delivery_id, token_hash, expires_at,
  max_downloads)
  select x.id, d.shop_id, d.order_id, x.bundle_id, d.id, x.hash, now() + make_interval(hours => ${LINK_HOURS}),
    ${LINK_DOWNLOADS}
  from unnest($1::text[], $2::text[], $3::text[], $4::bytea[]) as x(id, delivery_id, bundle_id, hash)
    join delivery d on d.id = x.delivery_id
  on conflict (delivery_id, bundle_id) do update set expires_at = excluded.expires_at, token_hash = excluded.token_hash`;

/**
 * Makes the links of deliveries, all in one statement, and answers each delivery's bundles with theirs. A bundle whose
 * file is not there yet is listed without one.
 */
export async function makeLinks(
  sql: Sql,
  deliveries: readonly { id: string; bundles: readonly OrderedBundle[] }[],
  { publicUrl, linkSecret }: { publicUrl: string; linkSecret: string },
): Promise<LinkedBundle[][]> {
  const linked = deliveries.map(({ id, bundles }) =>
    bundles.map((bundle) => ({
      ...bundle,
      deliveryId: id,
      token: bundle.ready ? linkToken(linkSecret, { deliveryId: id, bundleId: bundle.id }) : undefined,
    })),
  );
  const links = linked.flat().flatMap(({ token, ...bundle }) => (token ? [{ ...bundle, token }] : []));
  await sql.rows('make-download-links', UPSERT, [
    links.map(() => newId('lnk')),
    links.map(({ deliveryId }) => deliveryId),
    links.map(({ id }) => id),
    links.map(({ token }) => hashToken(token)),
  ]);
  return linked.map((bundles) =>
    bundles.map(({ name, sizeBytes, token }) => ({ name, sizeBytes, url: token ? `${publicUrl}/d/${token}` : null })),
  );
}
