import type { Tx } from '@windlass/db/sql';
import type { CollectedOrder } from '../csv/collect-orders.ts';

const STAGE = `insert into order_import_row (import_id, position, order_id, reference, line, data)
  select $1, * from unnest($2::int[], $3::text[], $4::text[], $5::int[], $6::jsonb[])`;

const AT_ONCE = 2_000;

/** Keeps the good orders of a file aside, in its order. */
export async function stageOrders(tx: Tx, importId: string, orders: readonly CollectedOrder[]): Promise<void> {
  for (let from = 0; from < orders.length; from += AT_ONCE) {
    const piece = orders.slice(from, from + AT_ONCE);
    await tx.rows('stage-orders', STAGE, [
      importId,
      piece.map((_, i) => from + i),
      piece.map(({ orderId }) => orderId),
      piece.map(({ reference }) => reference),
      piece.map(({ line }) => line),
      piece.map(({ order }) => JSON.stringify(order)),
    ]);
  }
}
