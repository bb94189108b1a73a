import { z } from 'zod';
import { decodeEntities } from './decode-entities.ts';
import { makeShopOrder, type ShopReading } from './shop-order.ts';

/** `order.created` as WooCommerce sends it, numbers as text (parse-exact.ts): the keys we read. */
const text = z.string().nullish();
const person = z.object({ first_name: text, last_name: text, company: text, email: text }).nullish();
const wooOrder = z.object({
  id: z.string().regex(/^\d{1,30}$/),
  number: text,
  currency: z.string(),
  /** UTC, without a zone. */
  date_created_gmt: text,
  customer_note: text,
  billing: person,
  shipping: person,
  line_items: z
    .array(
      z.object({
        sku: text,
        name: text,
        product_id: text,
        variation_id: text,
        quantity: z.string(),
        /** Of all pieces, after discounts; tax apart. `price` is a float of WooCommerce's own making, and not read. */
        total: z.string(),
        total_tax: text,
      }),
    )
    .nullish(),
});

const nameOf = (who: z.infer<typeof person>) =>
  [who?.first_name, who?.last_name].filter(Boolean).join(' ') || who?.company;

/** Half a metre of cloth: what is sold by measure. */
const isPart = (quantity: string): boolean => /^\d+\.\d*[1-9]\d*$/.test(quantity);

/**
 * Reads a WooCommerce order. A line costs what its customer paid for it: its total and the tax on it, rounded together.
 * Shipping is no line. A part of a piece is one piece that says so: what was paid for it stays.
 */
export function readWoocommerceOrder(message: unknown, email?: string): ShopReading {
  const parsed = wooOrder.safeParse(message);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return {
      externalId: undefined,
      reference: undefined,
      result: {
        ok: false,
        code: 'NOT_AN_ORDER',
        reason: `This is no WooCommerce order: ${issue!.path.join('.') || 'message'} is missing or of another form.`,
      },
    };
  }
  const order = parsed.data;
  const facts = {
    reference: order.number ?? order.id,
    email: order.billing?.email ?? undefined,
    names: [nameOf(order.billing) ?? undefined, nameOf(order.shipping) ?? undefined],
    currency: order.currency,
    note: order.customer_note ?? undefined,
    placedAt: order.date_created_gmt ? `${order.date_created_gmt.replace(/Z$/, '')}Z` : undefined,
    rounds: true,
    lines: (order.line_items ?? []).map((line) => ({
      sku:
        line.sku?.trim() ||
        `product ${line.variation_id && line.variation_id !== '0' ? line.variation_id : (line.product_id ?? 'unknown')}`,
      title: `${isPart(line.quantity) ? `${line.quantity} × ` : ''}${decodeEntities(line.name ?? '')}`,
      quantity: isPart(line.quantity) ? '1' : line.quantity,
      plus: [line.total, line.total_tax || '0'],
      minus: [],
    })),
  };
  return { externalId: order.id, reference: facts.reference, result: makeShopOrder(facts, email) };
}
