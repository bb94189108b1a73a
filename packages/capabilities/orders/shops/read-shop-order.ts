import type { ShopSystem } from '../intake-contract.ts';
import { parseExact } from './parse-exact.ts';
import { readShopifyOrder } from './read-shopify-order.ts';
import { readWoocommerceOrder } from './read-woocommerce-order.ts';
import type { ShopReading } from './shop-order.ts';

const readers = { shopify: readShopifyOrder, woocommerce: readWoocommerceOrder } satisfies Record<ShopSystem, unknown>;

/** A shop system's message as an order of ours, or why it cannot be one. `email` given by a person takes the place of its own. */
export function readShopOrder(system: ShopSystem, body: Uint8Array, email?: string): ShopReading {
  let message: unknown;
  try {
    message = parseExact(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return { externalId: undefined, reference: undefined, result: { ok: false, code: 'NOT_AN_ORDER', reason: 'The message is no JSON.' } };
  }
  return readers[system](message, email);
}
