import { createPerson, type NewPerson } from '@windlass/auth/people';
import { newId } from '@windlass/db/ids';
import type { Database } from '@windlass/db/open-database';

export const DEMO_PASSWORD = 'windlass-demo';

/** One person for each role. */
export const demoPeople: Omit<NewPerson, 'shopId'>[] = [
  { name: 'Demo admin', email: 'demo@windlass.test', role: 'admin', password: DEMO_PASSWORD },
  { name: 'Demo operator', email: 'operator@windlass.test', role: 'operator', password: DEMO_PASSWORD },
  { name: 'Demo viewer', email: 'viewer@windlass.test', role: 'viewer', password: DEMO_PASSWORD },
];

/** A shop and who may sign in to it, all or nothing. */
export async function seedShop(database: Database, shop: { name: string; people: Omit<NewPerson, 'shopId'>[] }): Promise<string> {
  return database.transaction(async (tx) => {
    const id = newId('shop');
    await tx.rows('seed-shop', 'insert into shop (id, name, mail_from) values ($1, $2, $3)', [id, shop.name, 'orders@windlass.test']);
    for (const person of shop.people) await createPerson(tx, { ...person, shopId: id });
    return id;
  });
}
