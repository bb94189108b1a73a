import type { ShopSystem } from '../intake-contract.ts';

/**
 * How each shop system signs and names what it sends. All sign the raw body with HMAC-SHA256 in base64, without a time.
 */
export const shopHeaders: Record<ShopSystem, { signature: string; delivery: string; topic: string }> = {
  shopify: { signature: 'x-shopify-hmac-sha256', delivery: 'x-shopify-webhook-id', topic: 'x-shopify-topic' },
  woocommerce: {
    signature: 'x-wc-webhook-signature',
    delivery: 'x-wc-webhook-delivery-id',
    topic: 'x-wc-webhook-topic',
  },
};
export const SHOPIFY_DOMAIN = 'x-shopify-shop-domain';

/**
 * What a message says of an order. `new`, `changed` and `cancelled` hold the whole order as it is now; `gone` and
 * `refund` only name one.
 */
export type HookKind = 'new' | 'changed' | 'cancelled' | 'gone' | 'refund';
const kinds: Record<ShopSystem, ReadonlyMap<string, HookKind>> = {
  shopify: new Map<string, HookKind>([
    ['orders/create', 'new'],
    ['orders/updated', 'changed'],
    ['orders/edited', 'changed'],
    ['orders/paid', 'changed'],
    ['orders/fulfilled', 'changed'],
    ['orders/partially_fulfilled', 'changed'],
    ['orders/cancelled', 'cancelled'],
    ['orders/delete', 'gone'],
    ['refunds/create', 'refund'],
  ]),
  woocommerce: new Map<string, HookKind>([
    ['order.created', 'new'],
    ['order.updated', 'changed'],
    ['order.restored', 'changed'],
    ['order.deleted', 'gone'],
  ]),
};
/** Undefined: a topic that is none of ours. */
export const kindOf = (system: ShopSystem, topic: string): HookKind | undefined =>
  kinds[system].get(topic.toLowerCase());

/** Where a source's webhooks go. */
export const hookUrl = (publicUrl: string, source: { id: string; system: ShopSystem }): string =>
  `${publicUrl}/hooks/${source.system}/${source.id}`;
