import type { PaymentStatus, ShopStanding } from '../contract.ts';
import type { ShopSystem } from '../intake-contract.ts';

/** What a shop says of an order besides what was ordered. */
export type ShopState = ShopStanding & {
  /** When the order was last changed over there; null where the shop does not say. */
  changedAt: string | null;
};

export const NOTHING_SAID: ShopState = {
  paymentStatus: null,
  isTest: false,
  isDraft: false,
  shopCancelledAt: null,
  changedAt: null,
};

type Message = Readonly<Record<string, unknown>>;

/** Reads it from any JSON, numbers as text: what is missing or of another form is not said. */
export function readShopState(system: ShopSystem, message: unknown): ShopState {
  const said: Message = typeof message === 'object' && message !== null ? (message as Message) : {};
  return system === 'shopify' ? readShopify(said) : readWoocommerce(said);
}

/** Shopify's words for it, in messages and in files. */
export const shopifyPayments: ReadonlyMap<unknown, PaymentStatus> = new Map([
  ['pending', 'unpaid'],
  ['unpaid', 'unpaid'],
  ['partially_paid', 'unpaid'],
  ['authorized', 'authorised'],
  ['paid', 'paid'],
  ['partially_refunded', 'partly_refunded'],
  ['refunded', 'refunded'],
  ['voided', 'voided'],
  ['expired', 'voided'],
]);

const readShopify = (said: Message): ShopState => ({
  paymentStatus: shopifyPayments.get(said.financial_status) ?? null,
  isTest: said.test === true,
  isDraft: false, // a draft has messages of its own, and is an order once it is completed
  shopCancelledAt: said.cancelled_at
    ? (timeOf(said.cancelled_at) ?? timeOf(said.updated_at) ?? new Date().toISOString())
    : null,
  changedAt: timeOf(said.updated_at),
});

const wooDrafts: ReadonlySet<unknown> = new Set(['checkout-draft', 'auto-draft', 'draft']);
const wooGone: ReadonlySet<unknown> = new Set(['cancelled', 'trash']);

function readWoocommerce(said: Message): ShopState {
  const changedAt = timeOf(said.date_modified_gmt) ?? timeOf(said.date_modified);
  return {
    paymentStatus: readWooPayment(said),
    isTest: false,
    isDraft: wooDrafts.has(said.status),
    shopCancelledAt: wooGone.has(said.status) ? (changedAt ?? new Date().toISOString()) : null,
    changedAt,
  };
}

/**
 * WooCommerce has one word for what is to be done and what was paid. Cash on delivery is `processing` without a day of
 * payment.
 */
function readWooPayment(said: Message): PaymentStatus | null {
  const refunds = Array.isArray(said.refunds) ? said.refunds.length : 0;
  const unpaid = 'date_paid' in said && said.date_paid === null;
  const paid: PaymentStatus = refunds > 0 ? 'partly_refunded' : 'paid';
  switch (said.status) {
    case 'pending':
    case 'on-hold':
    case 'failed':
    case 'checkout-draft':
    case 'auto-draft':
    case 'draft':
      return 'unpaid';
    case 'refunded':
      return 'refunded';
    case 'processing':
    case 'completed':
      return unpaid ? 'unpaid' : paid;
    default: // cancelled, or a word of the shop's own
      return unpaid ? 'unpaid' : said.date_paid ? paid : null;
  }
}

/** In UTC, as which a time without a zone is read; null: no time that every calendar knows. */
function timeOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const at = new Date(/(Z|[+-]\d\d:?\d\d)$/.test(value) ? value : `${value}Z`);
  return at.getTime() >= 0 && at.getUTCFullYear() < 2100 ? at.toISOString() : null;
}
