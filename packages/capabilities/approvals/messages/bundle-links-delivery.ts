import type { NewDelivery } from '../../deliveries/operations.ts';

/**
 * The mail an approval causes. Its key has the order's version: an approval after an undo sends anew, a second click
 * does not.
 */
export const bundleLinks = (
  orderId: string,
  order: { number: number; version: number; customerName: string; customerEmail: string },
): NewDelivery => ({
  orderId,
  recipient: { name: order.customerName, address: order.customerEmail },
  subject: `Your files for order #${order.number}`,
  dedupeKey: `${orderId}:bundle-links:v${order.version}`,
});
