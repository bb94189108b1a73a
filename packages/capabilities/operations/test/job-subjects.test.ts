import { newId } from '@windlass/db/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePicture } from '@windlass/testkit/house/make-picture';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { type PlacedOrder, placeOrder } from '@windlass/testkit/house/place-order';
import { runSql } from '@windlass/testkit/house/run-sql';
import { sendArtwork } from '@windlass/testkit/house/send-artwork';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { statementsOf } from '@windlass/testkit/house/statements-of';
import { csvFile, csvLine, importFile, uploadFile } from '@windlass/testkit/house/upload-file';
import { dataOf, type Visitor } from '@windlass/testkit/house/visitor';

/** Who asks is looked up first. */
const SESSION = 1;

let house: House;
let shop: Shop;
let other: Shop;
let order: PlacedOrder;
let artworkId: string;
let importId: string;

beforeAll(async () => {
  house = await startHouse();
  [shop, other] = await Promise.all([makeShop(house, 'Paper & Signal'), makeShop(house, 'The Other Shop')]);
  const { visitor } = shop.operator;
  order = await placeOrder(house, shop);
  ({ artworkId } = await sendArtwork(house, visitor, {
    orderId: order.id,
    bytes: await makePicture({ width: 90, height: 60, format: 'jpeg' }),
  }));
  const upload = await uploadFile(house, visitor, csvFile(csvLine('A-1')), { name: 'spring.csv' });
  importId = (await importFile(visitor, upload.id)).id;
});
afterAll(() => house.close());

/** A job that serves this, as any job may say of itself. */
async function makeJob(subject: string, of: Shop = shop): Promise<string> {
  const id = newId('job');
  await runSql(
    house,
    `insert into job (id, shop_id, name, queue, payload, subject, state, finished_at)
     values ($1, $2, 'deliveries.send-email', 'default', '{}', $3, 'succeeded', now())`,
    [id, of.id, subject],
  );
  return id;
}
const servesOf = async (id: string, visitor: Visitor = shop.operator.visitor) => {
  const [row] = dataOf(await visitor.query('operations.jobRows', { ids: [id] })).rows;
  const detail = dataOf(await visitor.query('operations.job', { id }));
  expect(detail.serves).toEqual(row!.serves);
  return row!.serves;
};
const orderLabel = () => ({ label: `Order #${order.number}`, to: `/orders/${order.id}` });

test('a job of an order leads to it, one of an artwork to its order, one of an import to its report', async () => {
  expect(await servesOf(await makeJob(order.id))).toEqual({ id: order.id, ...orderLabel() });
  const { rows } = dataOf(await shop.operator.visitor.query('operations.jobs', {}));
  const serves = (name: string) => rows.find((row) => row.name === name)!.serves;
  expect(serves('artwork.prepare')).toEqual({ id: artworkId, ...orderLabel() });
  expect(serves('orders.import-file')).toEqual({
    id: importId,
    label: 'spring.csv',
    to: `/orders/import?id=${importId}`,
  });
});

test('who may not see an import is not told of its file', async () => {
  const { rows } = dataOf(await shop.viewer.visitor.query('operations.jobs', {}));
  expect(rows.find(({ name }) => name === 'orders.import-file')!.serves).toBeNull();
  expect(rows.find(({ name }) => name === 'artwork.prepare')!.serves).toEqual({ id: artworkId, ...orderLabel() });
});

test('what is another shop’s, gone, or of no kind that is shown has no label', async () => {
  for (const subject of [order.id, artworkId, importId])
    expect([subject, await servesOf(await makeJob(subject, other), other.operator.visitor)]).toEqual([subject, null]);
  for (const subject of ['ord_gone', 'art_gone', 'imp_gone', 'era_1', 'nothing'])
    expect([subject, await servesOf(await makeJob(subject))]).toEqual([subject, null]);
});

test('a page of jobs costs a statement, and one for each capability whose subjects stand on it', async () => {
  for (const subject of [order.id, 'era_1']) await makeJob(subject);
  const all = await shop.operator.visitor.query('operations.jobs', {});
  const prefixes = new Set(dataOf(all).rows.map(({ serves }) => serves?.id.slice(0, 4)));
  expect(prefixes).toEqual(new Set(['ord_', 'art_', 'imp_', undefined]));
  expect(statementsOf(house, all)).toBe(SESSION + 1 + ['orders', 'artwork'].length);
  const none = await shop.operator.visitor.query('operations.jobs', { name: 'nobody.does-this' });
  expect(statementsOf(house, none)).toBe(SESSION + 1);
});
