import { until } from '@windlass/testkit/until';
import { linksIn } from './links-in.ts';
import { type Bundle, type BundleWish, makeBundle } from './make-bundle.ts';
import type { Shop } from './make-shop.ts';
import { type PlacedOrder, placeOrder } from './place-order.ts';
import type { House } from './start-house.ts';
import { dataOf } from './visitor.ts';

export type SentBundle = PlacedOrder & {
  bundle: Bundle;
  deliveryId: string;
  linkId: string;
  token: string;
  /** The page that the mail leads to, and the file behind its button. */
  page: string;
  file: string;
};

/**
 * An order whose approval has reached the customer: placed, approved, mailed. Paths are without the house's address.
 */
export async function sendBundle(house: House, shop: Shop, wish: BundleWish = {}): Promise<SentBundle> {
  const bundle = await makeBundle(house, shop, wish);
  const order = await placeOrder(house, shop, { bundles: [bundle] });
  dataOf(await shop.operator.visitor.mutate('approvals.approve', { orderId: order.id }));
  const mail = await house.mail.mailTo(order.email);
  const page = new URL(linksIn(mail.text)[0]!).pathname;
  const token = page.split('/').at(-1)!;
  const { links } = await until('the delivery to be accepted', async () => {
    const detail = dataOf(await shop.viewer.visitor.query('orders.get', { id: order.id }));
    return detail.stage === 'delivered' && detail;
  });
  const [link] = links;
  return {
    ...order,
    bundle,
    deliveryId: link!.deliveryId,
    linkId: link!.id,
    token,
    page,
    file: `/api/download/secure/${bundle.id}?token=${token}`,
  };
}
