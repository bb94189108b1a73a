import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ShopSystem } from '@windlass/capabilities/orders/intake-contract';
import type { Shop } from './make-shop.ts';
import type { House } from './start-house.ts';
import { type Answer, dataOf } from './visitor.ts';

const read = (name: string) => readFileSync(path.join(import.meta.dirname, '..', 'fixtures', name), 'utf8');
export const SHOPIFY_BODY = read('shopify-order.json');
export const WOO_BODY = read('woocommerce-order.json');

type Change = Record<string, unknown>;
/**
 * The fixture with other values and, unless `id` says otherwise, an id of its own. The long id stays text: JSON has no
 * such number.
 */
const changed = (body: string, change: Change): string =>
  JSON.stringify({ ...(JSON.parse(body) as object), id: Math.floor(Math.random() * 1e15), ...change });
export const shopifyOrder = (change: Change = {}): string =>
  changed(SHOPIFY_BODY, { contact_email: null, customer: null, ...change });
export const wooOrder = (change: Change = {}): string => changed(WOO_BODY, change);

export type TestSource = { id: string; system: ShopSystem; secret: string; url: string };
export const SECRET = 'shpss_0123456789abcdef0123456789abcdef';

/** A source as an admin makes it. */
export async function addSource(
  shop: Shop,
  system: ShopSystem,
  more: { domain?: string; secret?: string } = {},
): Promise<TestSource> {
  const secret = more.secret ?? SECRET;
  const made = dataOf(
    await shop.admin.visitor.mutate('orders.addSource', { system, name: `Shop by ${system}`, ...more, secret }),
  );
  return { ...made, system, secret };
}

export const signBody = (body: string | Uint8Array, secret: string): string =>
  createHmac('sha256', secret).update(body).digest('base64');

export type HookWish = {
  body: string | Uint8Array;
  deliveryId?: string;
  topic?: string;
  headers?: Record<string, string>;
};

/** What the shop system sends: signed over the very bytes, with its own headers. An empty header is left out. */
export async function postHook(
  house: House,
  source: TestSource,
  { body, deliveryId = randomUUID(), topic, headers = {} }: HookWish,
): Promise<Answer> {
  const signature = signBody(body, source.secret);
  const usual: Record<string, string> =
    source.system === 'shopify'
      ? {
          'x-shopify-hmac-sha256': signature,
          'x-shopify-webhook-id': deliveryId,
          'x-shopify-topic': topic ?? 'orders/create',
          'x-shopify-shop-domain': 'paper-signal.myshopify.com',
          'user-agent': 'Shopify-Captain-Hook',
        }
      : {
          'x-wc-webhook-signature': signature,
          'x-wc-webhook-delivery-id': deliveryId,
          'x-wc-webhook-topic': topic ?? 'order.created',
          'x-wc-webhook-source': 'https://shop.example/',
          'user-agent': 'WooCommerce/9.4.2 Hookshot (WordPress/6.7)',
        };
  const sent = Object.fromEntries(
    Object.entries({ 'content-type': 'application/json', ...usual, ...headers }).filter(([, value]) => value !== ''),
  );
  const response = await fetch(`${house.server.url}/hooks/${source.system}/${source.id}`, {
    method: 'POST',
    headers: sent,
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
