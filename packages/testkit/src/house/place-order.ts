import { randomUUID } from 'node:crypto';
import type { ReceivedAnswer, ReceivedOrder } from '@windlass/capabilities/orders/contract';
import type { Bundle } from './make-bundle.ts';
import type { Shop } from './make-shop.ts';
import type { House } from './start-house.ts';
import { type Answer, openVisitor } from './visitor.ts';

export type OrderWish = {
  bundles?: readonly Pick<Bundle, 'sku' | 'name'>[];
  name?: string;
  email?: string;
  placedAt?: string;
  reference?: string;
  lines?: ReceivedOrder['lines'];
};
export type PlacedOrder = { id: string; number: number; email: string };

/** The body a shop system would send. Without bundles: one line whose SKU nobody knows. */
export function orderBody({ bundles = [], name = 'Ada Lovelace', email = someAddress(), ...rest }: OrderWish = {}) {
  const lines = bundles.map((bundle) => ({ sku: bundle.sku, title: bundle.name, quantity: 1, unitMinor: 1999 }));
  return {
    customer: { name, email },
    currency: 'EUR',
    lines: lines.length > 0 ? lines : [{ sku: 'MUG', title: 'A mug', quantity: 2, unitMinor: 900 }],
    ...rest,
  };
}

/** An address of its own for each customer: mail and faults are told apart by it. */
export const someAddress = (): string => `${randomUUID().slice(0, 13)}@customers.test`;

/** POST /api/v1/orders; `headers` replace the usual ones, and one that is empty is left out. */
export function postOrder(
  house: House,
  key: string,
  { body, headers = {} }: { body: unknown; headers?: Record<string, string> },
): Promise<Answer> {
  const usual = { authorization: `Bearer ${key}`, 'idempotency-key': randomUUID() };
  const sent = Object.fromEntries(Object.entries({ ...usual, ...headers }).filter(([, value]) => value !== ''));
  return openVisitor(() => house.server.url).post('/api/v1/orders', body, sent);
}

/** An order that waits for approval, sent as a shop system sends it. */
export async function placeOrder(house: House, shop: Shop, wish: OrderWish = {}): Promise<PlacedOrder> {
  const body = orderBody(wish);
  const answer = await postOrder(house, shop.apiKey, { body });
  if (answer.status !== 201) throw new Error(`the order was answered ${answer.status}: ${answer.text}`);
  const { id, number } = JSON.parse(answer.text) as ReceivedAnswer;
  return { id, number, email: body.customer.email };
}
