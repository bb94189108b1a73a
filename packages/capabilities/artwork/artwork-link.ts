import { newId } from '@windlass/db/ids';
import type { Sql } from '@windlass/db/sql';
import { LINK_DAYS } from './contract.ts';
import { artworkToken, hashToken } from './link-token.ts';

const FIND = `select id, expires_at as "expiresAt" from artwork_link
  where order_id = $1 and revoked_at is null and expires_at > now() order by created_at desc limit 1`;
const RENEW = `update artwork_link set expires_at = now() + make_interval(days => ${LINK_DAYS}) where id = $1 returning expires_at as "expiresAt"`;
const INSERT = `insert into artwork_link (id, shop_id, order_id, token_hash, expires_at)
  select $1, o.shop_id, o.id, $3, now() + make_interval(days => ${LINK_DAYS}) from customer_order o where o.id = $2
  returning expires_at as "expiresAt"`;

export type LinkSettings = { publicUrl: string; linkSecret: string };
export type ArtworkUrl = { url: string; expiresAt: string };

const urlOf = (settings: LinkSettings, linkId: string): string => `${settings.publicUrl}/a/${artworkToken(settings.linkSecret, linkId)}`;

/** The customer's address for the artwork of an order, if there is one that works. */
export async function findArtworkLink(sql: Sql, orderId: string, settings: LinkSettings): Promise<ArtworkUrl | undefined> {
  const link = await sql.row<{ id: string; expiresAt: Date }>('find-artwork-link', FIND, [orderId]);
  return link && { url: urlOf(settings, link.id), expiresAt: link.expiresAt.toISOString() };
}

/** The same, made or given its full life again: for a mail that is sent now. */
export async function ensureArtworkLink(sql: Sql, orderId: string, settings: LinkSettings): Promise<ArtworkUrl> {
  const present = await sql.row<{ id: string }>('find-artwork-link', FIND, [orderId]);
  const id = present?.id ?? newId('alk');
  const row = present
    ? await sql.row<{ expiresAt: Date }>('renew-artwork-link', RENEW, [id])
    : await sql.row<{ expiresAt: Date }>('insert-artwork-link', INSERT, [id, orderId, hashToken(artworkToken(settings.linkSecret, id))]);
  if (!row) throw new Error(`order ${orderId} is gone`);
  return { url: urlOf(settings, id), expiresAt: row.expiresAt.toISOString() };
}
