import { hasVisible } from '@windlass/messaging/invisible';
import { z } from 'zod';
import { makeShopOrder, type ShopReading } from './shop-order.ts';

/** `orders/create` as Shopify sends it, numbers as text (parse-exact.ts); of some two hundred keys the ones we read. */
const text = z.string().nullish();
const amounts = (key: 'amount' | 'price') =>
  z
    .array(z.object({ [key]: z.string() }))
    .nullish()
    .transform((list) => (list ?? []).map((one) => one[key] as string));
const address = z.object({ name: text, first_name: text, last_name: text, email: text }).nullish();
const shopifyOrder = z.object({
  id: z.string().regex(/^\d{1,30}$/),
  name: text,
  email: text,
  contact_email: text,
  currency: z.string(),
  note: text,
  created_at: text,
  taxes_included: z.boolean().nullish(),
  customer: address,
  billing_address: address,
  shipping_address: address,
  line_items: z
    .array(
      z.object({
        sku: text,
        name: text,
        title: text,
        variant_id: text,
        product_id: text,
        /** Of one piece, before discounts, in the shop's currency. */
        price: z.string(),
        quantity: z.string(),
        /** What is left of it after edits and refunds. */
        current_quantity: text,
        discount_allocations: amounts('amount'),
        tax_lines: amounts('price'),
      }),
    )
    .nullish(),
});

const nameOf = (person: z.infer<typeof address>) =>
  person?.name ?? ([person?.first_name, person?.last_name].filter(Boolean).join(' ') || undefined);

/**
 * Reads a Shopify order. A line costs what its customer paid for it: price times quantity, less its discounts, with the
 * tax where prices are without it. Shipping is no line.
 */
export function readShopifyOrder(message: unknown, email?: string): ShopReading {
  const parsed = shopifyOrder.safeParse(message);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return {
      externalId: undefined,
      reference: undefined,
      result: {
        ok: false,
        code: 'NOT_AN_ORDER',
        reason: `This is no Shopify order: ${issue!.path.join('.') || 'message'} is missing or of another form.`,
      },
    };
  }
  const order = parsed.data;
  const facts = {
    reference: order.name ?? undefined,
    email: [order.email, order.contact_email, order.customer?.email].find((one) => one && hasVisible(one)) ?? undefined,
    names: [nameOf(order.customer), nameOf(order.billing_address), nameOf(order.shipping_address)],
    currency: order.currency,
    note: order.note ?? undefined,
    placedAt: order.created_at ?? undefined,
    lines: (order.line_items ?? []).map((line) => ({
      sku:
        line.sku?.trim() ||
        (line.variant_id ? `variant ${line.variant_id}` : `product ${line.product_id ?? 'unknown'}`),
      title: line.name ?? line.title ?? '',
      quantity: line.quantity,
      kept: line.current_quantity ?? undefined,
      unit: line.price,
      plus: order.taxes_included ? [] : line.tax_lines,
      minus: line.discount_allocations,
    })),
  };
  return { externalId: order.id, reference: facts.reference, result: makeShopOrder(facts, email) };
}
