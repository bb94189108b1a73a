import { createPerson } from '@windlass/auth/people';
import type { Role } from '@windlass/auth/roles';
import type { Database } from '@windlass/db/open-database';
import type { BenchServer } from './start-server.ts';

export type BenchShop = { id: string; personId: string; email: string; password: string };

const SHOP = `insert into shop (id, name, mail_from) values ($1, 'Bench shop', 'orders@bench.test')`;
const BUNDLE = `insert into bundle (id, shop_id, sku, name, object_key, file_name, size_bytes)
  values ($1, $2, 'BENCH', 'A bundle of the bench', 'bundles/bench/bundle.zip', 'bundle.zip', 12345678)`;

export const SHOP_ID = 'shop_bench';
export const BUNDLE_ID = 'bnd_bench';

/** A shop with one bundle and one person of a role. */
export async function makeShop(database: Database, role: Role): Promise<BenchShop> {
  const person = {
    shopId: SHOP_ID,
    name: 'Bench',
    email: 'bench@people.test',
    role,
    password: 'a password of the bench',
  };
  await database.sql.rows('bench-shop', SHOP, [SHOP_ID]);
  await database.sql.rows('bench-bundle', BUNDLE, [BUNDLE_ID, SHOP_ID]);
  const personId = await database.transaction((tx) => createPerson(tx, person));
  return { id: SHOP_ID, personId, email: person.email, password: person.password };
}

/** Signs in through the front door; answers the Cookie header. */
export async function signIn(server: BenchServer, { email, password }: BenchShop): Promise<string> {
  const response = await fetch(`${server.url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok) throw new Error(`sign-in answered ${response.status}: ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0]!)
    .join('; ');
}
