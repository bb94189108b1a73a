import { createDelivery } from '../../deliveries/operations.ts';
import type { ServerServices } from '../../kit/server-context.ts';
import { recordAudit } from '../../kit/record-audit.ts';
import type { OpenedLink } from './find-link.ts';

const RECIPIENT = `select customer_name as name, customer_email as address, floor(extract(epoch from now()) / 600)::bigint::text as "window"
  from customer_order where id = $1 and status = 'approved' for update`;

/**
 * Mails fresh links to the buyer's own address, whoever holds the old one: asking gets nobody else anything. At most one mail
 * in ten minutes for an order. A revoked link gets nothing, and the page does not say so.
 */
export async function renewLink({ database }: ServerServices, link: OpenedLink, requestId: string): Promise<void> {
  if (link.state === 'revoked' || link.state === 'active') return;
  await database.transaction(async (tx) => {
    const order = await tx.row<{ name: string; address: string; window: string }>('renew-link-recipient', RECIPIENT, [link.orderId]);
    if (!order) return;
    const made = await createDelivery(tx, {
      shopId: link.shopId,
      orderId: link.orderId,
      kind: 'bundle-links',
      recipient: { name: order.name, address: order.address },
      subject: `New links for your order #${link.orderNumber}`,
      dedupeKey: `${link.orderId}:bundle-links:renewed:${order.window}`,
      holdSeconds: 0,
      createdBy: null,
      requestId,
    });
    if (!made) return;
    await recordAudit(tx, {
      shopId: link.shopId, actor: { kind: 'customer', id: null }, action: 'approvals.renew-link', subject: link.orderId, data: { linkId: link.id }, requestId,
    });
  });
}
