import type { Shop } from './make-shop.ts';
import { runSql } from './run-sql.ts';
import type { House } from './start-house.ts';

/** Takes every order, delivery and job from a shop, for tests that count rows. Its people stay signed in. */
export async function emptyShop(house: House, shop: Pick<Shop, 'id'>): Promise<void> {
  for (const table of ['delivery', 'job', 'customer_order'])
    await runSql(house, `delete from ${table} where shop_id = $1`, [shop.id]);
}
