import { newId } from '@windlass/db/ids';
import type { Sql } from '@windlass/db/sql';
import { LINK_DAYS } from './contract.ts';
import { artworkToken, hashToken } from './link-token.ts';

const FIND = `select id, expires_at as "expiresAt", token_hash as "tokenHash" from artwork_link
  where order_id = $1 and revoked_at is null and expires_at > now() order by created_at desc limit 1`;
const RENEW = `update artwork_link set expires_at = now() + make_interval(days => ${LINK_DAYS})
  where id = $1 returning expires_at as "expiresAt"`;
const INSERT = `insert into artwork_link (id, shop_id, order_id, token_hash, expires_at)
  select $1, o.shop_id, o.id, $3, now() + make_interval(days => ${LINK_DAYS}) from customer_order o where o.id = $2
  returning expires_at as "expiresAt"`;

type OpenLink = { id: string; expiresAt: Date; tokenHash: Buffer };

export type LinkSettings = { publicUrl: string; linkSecret: string };
export type ArtworkUrl = { url: string; expiresAt: string };

const urlOf = (settings: LinkSettings, linkId: string): string =>
  `${settings.publicUrl}/a/${artworkToken(settings.linkSecret, linkId)}`;

/**
 * Undefined also where LINK_SECRET was another when it was made: it opens for whoever has it, and we cannot write it
 * down again.
 */
async function findOpenLink(sql: Sql, orderId: string, { linkSecret }: LinkSettings): Promise<OpenLink | undefined> {
  const link = await sql.row<OpenLink>('find-artwork-link', FIND, [orderId]);
  return link && hashToken(artworkToken(linkSecret, link.id)).equals(link.tokenHash) ? link : undefined;
}

/** Until when the customer's link for the artwork of an order opens, if there is one. */
export async function findArtworkLink(sql: Sql, orderId: string): Promise<{ expiresAt: Date } | undefined> {
  return sql.row<OpenLink>('find-artwork-link', FIND, [orderId]);
}

/**
 * The customer's address for the artwork of an order, made or given its full life again: for a mail that is sent now.
 */
export async function ensureArtworkLink(sql: Sql, orderId: string, settings: LinkSettings): Promise<ArtworkUrl> {
  const present = await findOpenLink(sql, orderId, settings);
  const id = present?.id ?? newId('alk');
  const row = present
    ? await sql.row<{ expiresAt: Date }>('renew-artwork-link', RENEW, [id])
    : await sql.row<{ expiresAt: Date }>('insert-artwork-link', INSERT, [
        id,
        orderId,
        hashToken(artworkToken(settings.linkSecret, id)),
      ]);
  if (!row) throw new Error(`order ${orderId} is gone`);
  return { url: urlOf(settings, id), expiresAt: row.expiresAt.toISOString() };
}
