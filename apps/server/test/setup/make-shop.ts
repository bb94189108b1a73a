import { createPerson } from '@windlass/auth/people';
import type { Role } from '@windlass/auth/roles';
import { newId } from '@windlass/db/ids';
import type { House } from './start-house.ts';
import { dataOf, openVisitor, type Visitor } from './visitor.ts';

export type Person = { id: string; name: string; email: string; password: string; visitor: Visitor };
export type Shop = {
  id: string;
  name: string;
  viewer: Person;
  operator: Person;
  admin: Person;
  /** The secret of an API key that the admin made. */
  apiKey: string;
  apiKeyId: string;
};

/** A shop with one person of each role, all signed in through the front door, and an API key. */
export async function makeShop(house: House, name: string): Promise<Shop> {
  const id = newId('shop');
  await house.database.sql.rows('test-shop', 'insert into shop (id, name, mail_from) values ($1, $2, $3)', [id, name, 'orders@shop.test']);
  const [viewer, operator, admin] = await Promise.all([
    makePerson(house, id, 'viewer'),
    makePerson(house, id, 'operator'),
    makePerson(house, id, 'admin'),
  ]);
  const key = dataOf(await admin.visitor.mutate('operations.addApiKey', { name: 'Shop system' }));
  return { id, name, viewer, operator, admin, apiKey: key.secret, apiKeyId: key.id };
}

/** A person with a session of their own. */
export async function makePerson(house: House, shopId: string, role: Role): Promise<Person> {
  const email = `${role}.${newId('usr').slice(-10)}@people.test`;
  const password = `pass-${newId('usr')}`;
  const name = `The ${role}`;
  const id = await house.database.transaction((tx) => createPerson(tx, { shopId, name, email, role, password }));
  return { id, name, email, password, visitor: await signIn(house, { email, password }) };
}

/** Through the real POST /api/sign-in. */
export async function signIn(house: House, { email, password }: { email: string; password: string }): Promise<Visitor> {
  const visitor = openVisitor(() => house.server.url);
  let answer = await visitor.post('/api/sign-in', { email, password });
  // A busy machine may have no connection free within two seconds, and says to come back.
  for (let tried = 1; answer.status === 503 && tried < 5; tried += 1) answer = await visitor.post('/api/sign-in', { email, password });
  if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}: ${answer.text}`);
  visitor.cookie = cookiesOf(answer.headers);
  return visitor;
}

/** What a browser would send back. */
export const cookiesOf = (headers: Headers): string =>
  headers.getSetCookie().map((cookie) => cookie.split(';')[0]!).join('; ');
