import { newId } from '@windlass/db/ids';
import type { Sql } from '@windlass/db/sql';
import { LINK_DAYS } from './contract.ts';
import { artworkToken, hashToken } from './link-token.ts';

const FIND = `select distinct on (order_id) id, order_id as "orderId", expires_at as "expiresAt",
    token_hash as "tokenHash" from artwork_link
  where order_id = any($1::text[]) and revoked_at is null and expires_at > now()
  order by order_id, created_at desc`;
const RENEW = `update artwork_link set expires_at = now() + make_interval(days => ${LINK_DAYS})
  where id = any($1::text[]) returning id, order_id as "orderId", expires_at as "expiresAt"`;
const INSERT = `insert into artwork_link (id, shop_id, order_id, token_hash, expires_at)
  select n.id, o.shop_id, o.id, n.hash, now() + make_interval(days => ${LINK_DAYS})
  from unnest($1::text[], $2::text[], $3::bytea[]) as n(id, order_id, hash) join customer_order o on o.id = n.order_id
  returning id, order_id as "orderId", expires_at as "expiresAt"`;

type FullLink = { id: string; orderId: string; expiresAt: Date };
type OpenLink = FullLink & { tokenHash: Buffer };

export type LinkSettings = { publicUrl: string; linkSecret: string };
export type ArtworkUrl = { url: string; expiresAt: string };

const urlOf = (settings: LinkSettings, linkId: string): string =>
  `${settings.publicUrl}/a/${artworkToken(settings.linkSecret, linkId)}`;

const findOpenLinks = (sql: Sql, orderIds: readonly string[]): Promise<OpenLink[]> =>
  sql.rows<OpenLink>('find-artwork-links', FIND, [orderIds]);

/** Until when the customer's link for the artwork of an order opens, if there is one. */
export async function findArtworkLink(sql: Sql, orderId: string): Promise<{ expiresAt: Date } | undefined> {
  return (await findOpenLinks(sql, [orderId]))[0];
}

/**
 * The customers' addresses for the artwork of orders, made or given their full life again: for mails that are sent now.
 * One for each id, in their order. A link made while LINK_SECRET was another is left alone: it opens for whoever has
 * it, and we cannot write it down again.
 */
export async function ensureArtworkLinks(
  sql: Sql,
  orderIds: readonly string[],
  settings: LinkSettings,
): Promise<ArtworkUrl[]> {
  const present = (await findOpenLinks(sql, orderIds)).filter(({ id, tokenHash }) =>
    hashToken(artworkToken(settings.linkSecret, id)).equals(tokenHash),
  );
  const linked = new Set(present.map(({ orderId }) => orderId));
  const made = [...new Set(orderIds)]
    .filter((orderId) => !linked.has(orderId))
    .map((orderId) => ({ id: newId('alk'), orderId }));
  const renewed =
    present.length === 0 ? [] : await sql.rows<FullLink>('renew-artwork-links', RENEW, [present.map(({ id }) => id)]);
  const inserted =
    made.length === 0
      ? []
      : await sql.rows<FullLink>('insert-artwork-links', INSERT, [
          made.map(({ id }) => id),
          made.map(({ orderId }) => orderId),
          made.map(({ id }) => hashToken(artworkToken(settings.linkSecret, id))),
        ]);
  const links = new Map([...renewed, ...inserted].map((link) => [link.orderId, link]));
  return orderIds.map((orderId) => {
    const link = links.get(orderId);
    if (!link) throw new Error(`order ${orderId} is gone`);
    return { url: urlOf(settings, link.id), expiresAt: link.expiresAt.toISOString() };
  });
}
