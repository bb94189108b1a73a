import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeShop, type Person, type Shop } from '@windlass/testkit/house/make-shop';
import { runSql } from '@windlass/testkit/house/run-sql';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { type Answer, openVisitor, type Visitor } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;

// TRUST_PROXY is off, and every request of this file comes from this machine, as a proxy's do.
beforeAll(async () => {
  house = await startHouse({ worker: false });
  shop = await makeShop(house, 'Behind a Proxy');
});
afterAll(() => house.close());

const ask = (body: object, headers: Record<string, string> = { 'x-forwarded-for': '198.51.100.7' }) =>
  openVisitor(() => house.server.url).post('/api/sign-in', body, headers);
const somebody = () => ({ email: `${randomUUID()}@people.test`, password: 'wrong password' });
const rightFor = ({ email, password }: Person) => ({ email, password });
const countOf = (answers: readonly Answer[], status: number) =>
  answers.filter((answer) => answer.status === status).length;
async function inSixes(rounds: number, one: (round: number, i: number) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let round = 0; round < rounds; round += 1)
    answers.push(...(await Promise.all(Array.from({ length: 6 }, (_, i) => one(round, i)))));
  return answers;
}

test('behind a proxy that the house was not told of nobody is locked out by what others try', async () => {
  await runSql(
    house,
    `insert into rate_limit (key, points, expire) values ('sign-in-from:127.0.0.1', 100,
      (extract(epoch from now()) * 1000)::bigint + 60000)
    on conflict (key) do update set points = 100`,
  );
  expect(countOf(await inSixes(1, () => ask(somebody())), 401)).toBe(6);
  expect((await ask(rightFor(shop.viewer))).status).toBe(200);
});

test('the log says so, once', () => {
  const told = house.server.log.lines().filter(({ level, msg }) => level === 'warn' && msg?.includes('TRUST_PROXY'));
  expect(told).toHaveLength(1);
});

test('an admin who comes through the proxy is told on every screen; others, and an admin past it, are not', async () => {
  const seen = async (visitor: Visitor, headers: Record<string, string>) =>
    JSON.parse((await visitor.get('/api/trpc/operations.trouble', headers)).text).result.data.unknownProxy as boolean;
  const proxied = { 'x-forwarded-for': '198.51.100.7' };
  expect([
    await seen(shop.admin.visitor, proxied),
    await seen(shop.admin.visitor, {}),
    await seen(shop.viewer.visitor, proxied),
  ]).toEqual([true, false, false]);
});

test('an account has its limit there too, whatever the header says', async () => {
  const answers = await inSixes(10, (round, i) =>
    ask({ ...rightFor(shop.operator), password: 'wrong password' }, { 'x-forwarded-for': `198.51.${round}.${i}` }),
  );
  expect(countOf(answers, 401)).toBeLessThanOrEqual(30);
  expect(countOf(answers, 429)).toBeGreaterThan(20);
});

test('without such a header an address has its limit', async () => {
  expect((await ask(rightFor(shop.admin), {})).status).toBe(429);
});
