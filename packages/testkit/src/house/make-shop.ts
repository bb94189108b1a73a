import { createHmac } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { makeHash, storePassword } from '@windlass/auth/passwords';
import { sessionCookie } from '@windlass/auth/read-session';
import type { Role } from '@windlass/auth/roles';
import { newId } from '@windlass/db/ids';
import { AUTH_SECRET } from './settings.ts';
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

/** A shop with one person of each role, each with a session, and an API key. */
export async function makeShop(house: House, name: string): Promise<Shop> {
  const id = newId('shop');
  await house.database.sql.rows('test-shop', 'insert into shop (id, name, mail_from) values ($1, $2, $3)', [
    id,
    name,
    'orders@shop.test',
  ]);
  const [viewer, operator, admin] = await Promise.all([
    makePerson(house, id, 'viewer'),
    makePerson(house, id, 'operator'),
    makePerson(house, id, 'admin'),
  ]);
  const key = dataOf(await admin.visitor.mutate('operations.addApiKey', { name: 'Shop system' }));
  return { id, name, viewer, operator, admin, apiKey: key.secret, apiKeyId: key.id };
}

const PERSON = `insert into app_user (id, shop_id, name, email, role, updated_at)
  values ($1, $2, $3, $4, $5::role, now())`;
const SESSION = `insert into session (id, token, user_id, expires_at, updated_at)
  values ($1, $2, $3, now() + interval '7 days', now())`;

/** Everybody's: a hash takes a tenth of a second of a core, and a hundred shops have three people each. */
const PASSWORD = `pass-${newId('usr')}`;
let hashed: Promise<string> | undefined;

/** A person with a session of their own, as the front door gives it; `signIn` goes through the door itself. */
export async function makePerson(house: House, shopId: string, role: Role): Promise<Person> {
  const [id, name] = [newId('usr'), `The ${role}`];
  const email = `${role}.${id.slice(-10)}@people.test`;
  const token = newId('ses').padEnd(32, '0');
  hashed ??= makeHash({ lane: 'known', from: 'tests' }, PASSWORD);
  const hash = await hashed;
  await house.database.transaction(async (tx) => {
    await tx.rows('test-person', PERSON, [id, shopId, name, email, role]);
    await storePassword(tx, id, hash);
    await tx.rows('test-session', SESSION, [newId('ses'), token, id]);
  });
  const signature = createHmac('sha256', AUTH_SECRET).update(token).digest('base64');
  const cookie = `${sessionCookie(house.server.url)}=${encodeURIComponent(`${token}.${signature}`)}`;
  return { id, name, email, password: PASSWORD, visitor: openVisitor(() => house.server.url, cookie) };
}

/** Through the real POST /api/sign-in. */
export async function signIn(house: House, { email, password }: { email: string; password: string }): Promise<Visitor> {
  const visitor = openVisitor(() => house.server.url);
  let answer = await visitor.post('/api/sign-in', { email, password });
  // Many who sign in at once, or a busy machine, are told to come back in a second.
  for (let tried = 1; answer.status === 503 && tried < 10; tried += 1) {
    await wait(1_000);
    answer = await visitor.post('/api/sign-in', { email, password });
  }
  if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}: ${answer.text}`);
  visitor.cookie = cookiesOf(answer.headers);
  return visitor;
}

/** What a browser would send back. */
export const cookiesOf = (headers: Headers): string =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0]!)
    .join('; ');
