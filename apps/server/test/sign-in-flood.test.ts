import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cookiesOf, makePerson, makeShop, type Person, type Shop } from '@windlass/testkit/house/make-shop';
import { orderBody, postOrder } from '@windlass/testkit/house/place-order';
import { runSql } from '@windlass/testkit/house/run-sql';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { statementsOf } from '@windlass/testkit/house/statements-of';
import { type Answer, errorOf, openVisitor, type Visitor } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;
let nobody: Visitor;

beforeAll(async () => {
  house = await startHouse({ worker: false, trustProxy: true });
  shop = await makeShop(house, 'Paper & Signal');
  nobody = openVisitor(() => house.server.url);
});
afterAll(() => house.close());

let addresses = 0;
/** An address nobody has come from yet. */
const someAddress = () =>
  `198.${18 + Math.floor((addresses += 1) / 62_500)}.${Math.floor(addresses / 250) % 250}.${addresses % 250}`;
const trySignIn = (body: object, { from = someAddress(), cookie = '' } = {}) =>
  nobody.post('/api/sign-in', body, { 'x-forwarded-for': from, ...(cookie && { cookie }) });
const somebody = () => ({ email: `${randomUUID()}@people.test`, password: 'wrong password' });
const wrongFor = ({ email }: Person) => ({ email, password: 'wrong password' });
const rightFor = ({ email, password }: Person) => ({ email, password });
const countOf = (answers: readonly Answer[], status: number) =>
  answers.filter((answer) => answer.status === status).length;
/**
 * How many passwords of a crowd were looked at before this one was answered: its place in the line, whatever a hash
 * takes.
 */
async function lookedAtBefore(ask: Promise<Answer>): Promise<{ status: number; ahead: number }> {
  const before = await checkedPasswords();
  const { status } = await ask;
  return { status, ahead: (await checkedPasswords()) - before };
}
/** As many as may wait before one who is let in, and some that are looked at while the answer travels. */
const MOST_AHEAD = 30;
const crowd = <Result>(size: number, ask: (i: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: size }, (_, i) => ask(i)));
/** A browser in which somebody has signed in: what it sends from then on. */
const browserOf = async (person: Person) =>
  cookiesOf((await trySignIn(rightFor(person))).headers)
    .split('; ')
    .find((cookie) => cookie.startsWith('wl.known='))!;

/** Sign-ins whose password was looked at, by the server's own metric. */
async function checkedPasswords(): Promise<number> {
  const { values } = await house.server.metrics.signIns.get();
  return values.filter(({ labels }) => labels.result !== 'limited').reduce((sum, { value }) => sum + value, 0);
}

test('of three hundred at once from one address at most a hundred are looked at, and somebody elsewhere is answered meanwhile', async () => {
  const honest = await makePerson(house, shop.id, 'viewer');
  const from = someAddress();
  const before = await checkedPasswords();
  const flood = crowd(300, () => trySignIn(somebody(), { from }));
  const elsewhere = await lookedAtBefore(trySignIn(rightFor(honest)));
  const answers = await flood;
  expect(elsewhere.status).toBe(200);
  expect(elsewhere.ahead).toBeLessThan(MOST_AHEAD);
  expect((await checkedPasswords()) - before).toBeLessThanOrEqual(101);
  expect(countOf(answers, 401) + countOf(answers, 429) + countOf(answers, 503)).toBe(300);
  expect(countOf(answers, 429)).toBeGreaterThanOrEqual(190);
  for (const answer of answers.filter(({ status }) => status !== 401))
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('a crowd of strangers from as many addresses is answered at once, and whoever has signed in here before gets in past it', async () => {
  const honest = await makePerson(house, shop.id, 'viewer');
  const cookie = await browserOf(honest);
  const flood = crowd(300, () => trySignIn(somebody()));
  const known = await lookedAtBefore(trySignIn(rightFor(honest), { cookie }));
  const answers = await flood;
  expect(known.status).toBe(200);
  expect(known.ahead).toBeLessThan(MOST_AHEAD);
  expect(countOf(answers, 503)).toBeGreaterThan(200);
  const [refused] = answers.filter(({ status }) => status === 503);
  expect([errorOf(refused!).code, refused!.headers.get('retry-after')]).toEqual(['BUSY', '1']);
});

test('one account is guessed thirty times in five minutes from wherever, and its person is not locked out of the browser they work in', async () => {
  const target = await makePerson(house, shop.id, 'viewer');
  const cookie = await browserOf(target);
  const before = await checkedPasswords();
  const answers: Answer[] = [];
  for (let round = 0; round < 8; round += 1) answers.push(...(await crowd(8, () => trySignIn(wrongFor(target)))));
  expect((await checkedPasswords()) - before).toBeLessThanOrEqual(30);
  expect(countOf(answers, 429)).toBeGreaterThan(20);
  expect((await trySignIn(rightFor(target))).status).toBe(429);
  expect((await trySignIn(rightFor(target), { cookie })).status).toBe(200);
});

test('a known browser has five tries of its own, whatever its address', async () => {
  const target = await makePerson(house, shop.id, 'viewer');
  const cookie = await browserOf(target);
  const answers = await crowd(12, () => trySignIn(wrongFor(target), { cookie }));
  expect(countOf(answers, 401)).toBeLessThanOrEqual(5);
  expect((await trySignIn(rightFor(target), { cookie })).status).toBe(429);
  expect((await trySignIn(rightFor(target))).status).toBe(200); // as a stranger
});

test('a forged cookie, and one of another person, make no browser known', async () => {
  const [target, other] = [await makePerson(house, shop.id, 'viewer'), await makePerson(house, shop.id, 'viewer')];
  const cookie = await browserOf(target);
  const [value, signature] = decodeURIComponent(cookie.slice('wl.known='.length)).split('.') as [string, string];
  const forged = [
    `wl.known=${encodeURIComponent(`${value}.${signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))}`)}`,
    `wl.known=${value}`,
    'wl.known=%00',
    `wl.known=${'x'.repeat(2_000)}`,
    await browserOf(other),
  ];
  const from = someAddress();
  for (let i = 0; i < 5; i += 1) expect((await trySignIn(wrongFor(target), { from })).status).toBe(401);
  for (const one of forged) expect((await trySignIn(rightFor(target), { from, cookie: one })).status).toBe(429);
  expect((await trySignIn(rightFor(target), { from, cookie })).status).toBe(200);
});

test('a blocked address costs the database nothing', async () => {
  const from = someAddress();
  await runSql(
    house,
    `insert into rate_limit (key, points, expire) values ($1, 100, (extract(epoch from now()) * 1000)::bigint + 60000)`,
    [`sign-in-from:${from}`],
  );
  expect((await trySignIn(somebody(), { from })).status).toBe(429);
  const rows = () => runSql(house, 'select key, points from rate_limit order by key');
  const before = await rows();
  for (const answer of await crowd(50, () => trySignIn(somebody(), { from })))
    expect([answer.status, statementsOf(house, answer)]).toEqual([429, 0]);
  expect(await rows()).toEqual(before);
});

test.each([
  ['of 5,000 characters', 'x'.repeat(5_000)],
  ['of 200 addresses', Array.from({ length: 200 }, (_, i) => `10.0.0.${i}`).join(', ')],
  ['with no address', 'unknown'],
  ['empty', ''],
  ['of commas', ',,,,'],
  ['with an address and port', '203.0.113.5:4711'],
  ['with brackets', '[2001:db8::1]:4711'],
  ['with half an address', '::ffff:999.1.1.1'],
  ['with quotes', `'"; drop table rate_limit; --`],
  ['with letters of elsewhere', 'é'.repeat(100)],
])('a forwarding header %s is answered like any', async (_what, value) => {
  for (const path of ['/api/sign-in', '/api/forgot-password', '/api/account-link']) {
    const body =
      path === '/api/sign-in'
        ? somebody()
        : path === '/api/account-link'
          ? { token: 'x'.repeat(43) }
          : { email: somebody().email };
    const { status } = await nobody.post(path, body, { 'x-forwarded-for': value });
    expect([path, status < 500]).toEqual([path, true]);
  }
});

test('forms of one address are one client', async () => {
  const target = await makePerson(house, shop.id, 'viewer');
  const forms = [
    '203.0.113.201',
    '::ffff:203.0.113.201',
    '::ffff:cb00:71c9',
    '0:0:0:0:0:FFFF:CB00:71C9',
    '203.0.113.201:5000',
    '[::ffff:cb00:71c9]:443',
  ];
  const answers: Answer[] = [];
  for (const from of forms) answers.push(await trySignIn(wrongFor(target), { from }));
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429]);
});

test('wrong API keys are counted before they are answered, and a right one passes all the same', async () => {
  const from = someAddress();
  const key = () => `wl_${randomUUID()}${randomUUID()}`.replaceAll('-', '').slice(0, 46);
  const wrong = await crowd(150, () =>
    nobody.post('/api/v1/orders', {}, { authorization: `Bearer ${key()}`, 'x-forwarded-for': from }),
  );
  expect(countOf(wrong, 401)).toBeLessThanOrEqual(100);
  expect(countOf(wrong, 401) + countOf(wrong, 429) + countOf(wrong, 503)).toBe(150);
  expect(
    (await nobody.post('/api/v1/orders', {}, { authorization: `Bearer ${shop.apiKey}`, 'x-forwarded-for': from }))
      .status,
  ).toBe(400);
  expect((await postOrder(house, shop.apiKey, { body: orderBody() })).status).toBe(201);
});
