import { notFound } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import type { ArtworkRow } from '../contract.ts';
import { ARTWORK_FROM, ARTWORK_ROW, type ArtworkRecord, PRESENT, toArtworkRow } from './artwork-row.ts';

const BY_ID = `select ${ARTWORK_ROW} ${ARTWORK_FROM}
  where a.shop_id = $1 and a.id = any($2::text[]) and a.removed_at is null`;
const OF_ORDER = `select ${ARTWORK_ROW} ${ARTWORK_FROM}
  where a.shop_id = $1 and a.order_id = $2 and ${PRESENT} order by l.position nulls last, a.created_at, a.id`;

/** The present rows of artworks a screen shows, for it to mend them in place. Foreign and removed ones are left out. */
export async function listArtworkRows(ctx: SignedInContext, ids: readonly string[]): Promise<{ rows: ArtworkRow[] }> {
  const { database, settings } = ctx.services;
  const rows = await database.sql.rows<ArtworkRecord>('list-artwork-rows', BY_ID, [ctx.person.shopId, ids]);
  return { rows: rows.map((row) => toArtworkRow(row, settings.pictures)) };
}

const ORDER = `select id from customer_order where id = $1 and shop_id = $2`;

/** What belongs to an order, line by line. */
export async function listArtworksOfOrder(ctx: SignedInContext, orderId: string): Promise<{ rows: ArtworkRow[] }> {
  const { database, settings } = ctx.services;
  const rows = await database.sql.rows<ArtworkRecord>('list-artworks-of-order', OF_ORDER, [ctx.person.shopId, orderId]);
  if (rows.length === 0 && !(await database.sql.row('order-of-artworks', ORDER, [orderId, ctx.person.shopId])))
    throw notFound('order');
  return { rows: rows.map((row) => toArtworkRow(row, settings.pictures)) };
}
