import { newId } from '@windlass/db/ids';
import type { Tx } from '@windlass/db/sql';
import { insertLines } from '../operations.ts';

export type ShopLine = { sku: string; title: string; quantity: number; unitMinor: number };
export type HeldLine = ShopLine & { id: string };
export type LineChange = { orderId: string; shopId: string; held: readonly HeldLine[]; lines: readonly ShopLine[] };

const ASIDE = `update order_line set position = -position where order_id = $1`;
const REMOVE = `delete from order_line l where l.order_id = $1 and l.id <> all($2::text[])
  and not exists (select 1 from artwork a where a.order_line_id = l.id)`;
/** A customer's artwork hangs on it: the line stays, and nothing of it is delivered. */
const EMPTY = `update order_line set quantity = 0, bundle_id = null, position = $3 - position
  where order_id = $1 and id <> all($2::text[])`;
const KEEP = `update order_line l set position = x.position, title = x.title, quantity = x.quantity,
  unit_minor = x.unit,
    bundle_id = (select b.id from bundle b where b.shop_id = $1 and b.sku = l.sku)
  from unnest($2::text[], $3::int[], $4::text[], $5::int[], $6::bigint[]) as x(id, position, title, quantity, unit)
    where l.id = x.id`;
const TOTAL = `update customer_order set line_count = $2, total_minor = $3 where id = $1`;

/** Puts other lines in the place of an order's. A line of the same SKU stays the line it is, with what hangs on it. */
export async function changeLines(tx: Tx, { orderId, shopId, held, lines }: LineChange): Promise<void> {
  const free = [...held];
  const placed = lines.map((line, i) => {
    const same = free.findIndex(({ sku, title }) => sku === line.sku && title === line.title);
    const at = same >= 0 ? same : free.findIndex(({ sku }) => sku === line.sku);
    return { ...line, position: i + 1, heldId: at < 0 ? undefined : free.splice(at, 1)[0]!.id };
  });
  const kept = placed.filter(({ heldId }) => heldId !== undefined);
  const keptIds = kept.map(({ heldId }) => heldId!);
  await tx.rows('set-lines-aside', ASIDE, [orderId]);
  await tx.rows('remove-lines', REMOVE, [orderId, keptIds]);
  await tx.rows('empty-lines', EMPTY, [orderId, keptIds, lines.length]);
  await tx.rows('keep-lines', KEEP, [
    shopId,
    keptIds,
    kept.map(({ position }) => position),
    kept.map(({ title }) => title),
    kept.map(({ quantity }) => quantity),
    kept.map(({ unitMinor }) => unitMinor),
  ]);
  await insertLines(tx, {
    orderId,
    shopId,
    lines: placed.filter(({ heldId }) => heldId === undefined).map((line) => ({ ...line, id: newId('line') })),
  });
  await tx.rows('total-lines', TOTAL, [
    orderId,
    lines.length,
    lines.reduce((sum, { quantity, unitMinor }) => sum + quantity * unitMinor, 0),
  ]);
}
