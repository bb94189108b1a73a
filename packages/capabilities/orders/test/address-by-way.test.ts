import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { orderBody, placeOrder, postOrder } from '@windlass/testkit/house/place-order';
import { addSource, postHook, shopifyOrder, type TestSource, wooOrder } from '@windlass/testkit/house/post-hook';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { csvFile, csvLine, uploadFile } from '@windlass/testkit/house/upload-file';
import { dataOf, errorOf } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;
let shopify: TestSource;
let woo: TestSource;

beforeAll(async () => {
  house = await startHouse({ worker: false });
  shop = await makeShop(house, 'Paper & Signal');
  [shopify, woo] = [await addSource(shop, 'shopify'), await addSource(shop, 'woocommerce')];
});
afterAll(() => house.close());

const admin = () => shop.admin.visitor;

/** Each way in: what it takes the address for, or why it does not. */
const ways: Record<string, (email: string) => Promise<string>> = {
  REST: async (email) => {
    const answer = await postOrder(house, shop.apiKey, { body: orderBody({ email }) });
    if (answer.status !== 201) return errorOf(answer).message;
    return dataOf(await admin().query('orders.get', { id: (JSON.parse(answer.text) as { id: string }).id }))
      .customerEmail;
  },
  CSV: async (email) => {
    const { preview, faults } = await uploadFile(
      house,
      admin(),
      csvFile(csvLine('A-1', `Ada,"${email}",EUR,MUG,,1,1`)),
    );
    return preview[0]?.customerEmail ?? faults[0]!.sentence;
  },
  'a webhook of Shopify': (email) => hook(shopify, shopifyOrder({ email, name: email })),
  'a webhook of WooCommerce': (email) => hook(woo, wooOrder({ billing: { first_name: 'Ada', email } })),
  correction: async (email) => {
    const { id } = await placeOrder(house, shop);
    const answer = await admin().mutate('orders.correctEmail', { id, email });
    return answer.error?.message ?? dataOf(await admin().query('orders.get', { id })).customerEmail;
  },
  'an order taken again': async (email) => {
    await postHook(house, shopify, { body: shopifyOrder({ email: null }) });
    const [kept] = dataOf(await admin().query('orders.refused')).rows;
    const answer = await admin().mutate('orders.takeAgain', { id: kept!.id, email });
    if (answer.error) return plain(answer.error.message);
    return dataOf(await admin().query('orders.get', { id: dataOf(answer).orderId })).customerEmail;
  },
};

const plain = (reason: string) => reason.replace('The e-mail address cannot be written to. ', '');
async function hook(source: TestSource, body: string): Promise<string> {
  const { result } = JSON.parse((await postHook(house, source, { body })).text) as { result: string };
  if (result === 'refused') return plain(dataOf(await admin().query('orders.refused')).rows[0]!.reason);
  return dataOf(await admin().query('orders.list', {})).rows.toSorted((a, b) => b.number - a.number)[0]!.customerEmail;
}

test.each([
  ['ada@example.com\u00a0', 'ada@example.com'],
  ['\u200b ada@Example.com\u200e', 'ada@example.com'],
  ['\ufeffada@example.com\u00ad', 'ada@example.com'],
  ['ada\u200b@example.com', 'The address contains an invisible character. Type it by hand.'],
  ['ada@example.com\n', 'The address contains a line break or another invisible control character. Type it by hand.'],
  [
    'ada@b\u00fccher.example',
    'The domain contains letters outside a-z, which can imitate another domain. Write its xn-- form.',
  ],
  [`${'a'.repeat(60)}@${'b.'.repeat(95)}example.com`, 'An e-mail address has at most 254 characters.'],
])('the address %j gets one answer by every way in', async (email, answer) => {
  const answers: Record<string, string> = {};
  for (const [way, ask] of Object.entries(ways)) answers[way] = await ask(email);
  expect(answers).toEqual(Object.fromEntries(Object.keys(ways).map((way) => [way, answer])));
});
