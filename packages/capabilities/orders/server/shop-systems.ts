import type { ShopSystem } from '../intake-contract.ts';

/** How each shop system signs and names what it sends. All sign the raw body with HMAC-SHA256 in base64, without a time. */
export const shopHeaders: Record<ShopSystem, { signature: string; delivery: string; topic: string; orderTopic: string }> = {
  shopify: { signature: 'x-shopify-hmac-sha256', delivery: 'x-shopify-webhook-id', topic: 'x-shopify-topic', orderTopic: 'orders/create' },
  woocommerce: { signature: 'x-wc-webhook-signature', delivery: 'x-wc-webhook-delivery-id', topic: 'x-wc-webhook-topic', orderTopic: 'order.created' },
};
export const SHOPIFY_DOMAIN = 'x-shopify-shop-domain';

/** Where a source's webhooks go. */
export const hookUrl = (publicUrl: string, source: { id: string; system: ShopSystem }): string => `${publicUrl}/hooks/${source.system}/${source.id}`;
