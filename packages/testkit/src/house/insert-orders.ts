import { receiveOrder } from '@windlass/capabilities/orders/operations';
import { orderBody, type OrderWish } from './place-order.ts';
import type { House } from './start-house.ts';

/** Many orders in one transaction, past the HTTP interface. Ids in the order given. */
export async function insertOrders(house: House, shopId: string, wishes: readonly OrderWish[]): Promise<string[]> {
  return house.database.transaction(async (tx) => {
    const ids: string[] = [];
    for (const wish of wishes) ids.push((await receiveOrder(tx, shopId, { ...orderBody(wish), source: 'test' })).id);
    return ids;
  });
}
