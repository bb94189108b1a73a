import type { SignedInContext } from '../../kit/server-context.ts';
import type { DeliveryRow } from '../contract.ts';
import { DELIVERY_ROW, type RawDeliveryRow, toDeliveryRows } from './delivery-row.ts';

/** The present rows of deliveries a screen already shows. Foreign and missing ones are left out. */
export async function listDeliveryRows(ctx: SignedInContext, ids: readonly string[]): Promise<{ rows: DeliveryRow[] }> {
  const rows = await ctx.services.database.sql.rows<RawDeliveryRow>(
    'list-delivery-rows',
    `select ${DELIVERY_ROW} from delivery d where d.shop_id = $1 and d.id = any($2::text[])`,
    [ctx.person.shopId, ids],
  );
  return { rows: await toDeliveryRows(ctx, rows) };
}
