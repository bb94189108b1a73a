import { createPerson, type NewPerson } from '@windlass/auth/people';
import { newId } from '@windlass/db/ids';
import type { Database } from '@windlass/db/open-database';

export type SeededShop = {
  name: string;
  /** whom its mails are from */
  mailFrom?: string;
  people: Omit<NewPerson, 'shopId'>[];
};

/** A shop and who may sign in to it, all or nothing. Answers its id. */
export async function seedShop(
  database: Database,
  { name, mailFrom = 'orders@windlass.test', people }: SeededShop,
): Promise<string> {
  return database.transaction(async (tx) => {
    const id = newId('shop');
    await tx.rows('seed-shop', 'insert into shop (id, name, mail_from) values ($1, $2, $3)', [id, name, mailFrom]);
    for (const person of people) await createPerson(tx, { ...person, shopId: id });
    return id;
  });
}
