import { createPerson } from '@windlass/auth/people';
import { receiveOrder } from '@windlass/capabilities/orders/operations';
import { newId } from '@windlass/db/ids';
import type { Database } from '@windlass/db/open-database';
import type { Storage } from '@windlass/storage/storage';

const BUNDLE = `insert into bundle (id, shop_id, sku, name, object_key, file_name, size_bytes, sha256, contents)
  values ($1, $2, 'BUNDLE', 'Paper', $3, 'paper.zip', $4, $5, '[]')`;
const PASSWORD = 'a password of the fault runs';
const AT_ONCE = 100;

export type Shop = { id: string; bundleId: string; admins: { email: string; password: string }[] };
export type PlacedOrder = { id: string; email: string };

/** A shop with two admins and one bundle whose file is in storage. */
export async function makeShop(database: Database, storage: Storage): Promise<Shop> {
  const id = newId('shop');
  await database.sql.rows('faults-shop', 'insert into shop (id, name, mail_from) values ($1, $2, $3)', [
    id,
    'Faults',
    'orders@shop.test',
  ]);
  const admins = ['first', 'second'].map((name) => ({ email: `${name}@people.test`, password: PASSWORD }));
  for (const { email } of admins) {
    await database.transaction((tx) =>
      createPerson(tx, { shopId: id, name: email, email, role: 'admin', password: PASSWORD }),
    );
  }
  const bundleId = newId('bnd');
  const key = `bundles/${bundleId}/paper.zip`;
  const { size, sha256 } = await storage.put(key, bytes());
  await database.sql.rows('faults-bundle', BUNDLE, [bundleId, id, key, size, sha256]);
  return { id, bundleId, admins };
}

async function* bytes(): AsyncGenerator<Uint8Array> {
  yield Buffer.alloc(4_096, 'windlass');
}

/**
 * Orders that wait for approval, each of a customer of its own. They are the stage, not the play: written past the HTTP
 * interface.
 */
export async function placeOrders(database: Database, shop: Shop, count: number): Promise<PlacedOrder[]> {
  const placed: PlacedOrder[] = [];
  while (placed.length < count) {
    await database.transaction(async (tx) => {
      for (let i = 0; i < AT_ONCE && placed.length < count; i += 1) {
        const email = `${newId('ord').slice(-20)}@customers.test`;
        const lines = [{ sku: 'BUNDLE', title: 'Paper', quantity: 1, unitMinor: 1999 }];
        const order = { customer: { name: 'Ada Lovelace', email }, currency: 'EUR', lines, source: 'faults' };
        placed.push({ id: (await receiveOrder(tx, shop.id, order)).id, email });
      }
    });
  }
  return placed;
}
