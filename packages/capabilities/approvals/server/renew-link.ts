import { createDelivery } from '../../deliveries/operations.ts';
import type { ServerServices } from '../../kit/server-context.ts';
import { recordAudit } from '../../kit/record-audit.ts';
import type { OpenedLink } from './find-link.ts';

const RECIPIENT = `select o.customer_name as name, o.customer_email as address, r.renewals, r.recent
  from customer_order o, lateral (
    select count(*)::int as renewals, coalesce(max(d.created_at) > now() - interval '10 minutes', false) as recent
    from delivery d where d.order_id = o.id and starts_with(d.dedupe_key, o.id || ':bundle-links:renewed:')) r
  where o.id = $1 and o.status = 'approved' for update of o`;
type Recipient = { name: string; address: string; renewals: number; recent: boolean };

/**
 * Mails fresh links to the buyer's own address, whoever holds the old one: asking gets nobody else anything. At most one mail
 * in ten minutes for an order. A revoked link gets nothing, and the page does not say so.
 */
export async function renewLink({ database }: ServerServices, link: OpenedLink, requestId: string): Promise<void> {
  if (link.state === 'revoked' || link.state === 'active') return;
  await database.transaction(async (tx) => {
    const order = await tx.row<Recipient>('renew-link-recipient', RECIPIENT, [link.orderId]);
    if (!order || order.recent) return;
    const made = await createDelivery(
      tx,
      {
        orderId: link.orderId,
        recipient: { name: order.name, address: order.address },
        subject: `New links for your order #${link.orderNumber}`,
        dedupeKey: `${link.orderId}:bundle-links:renewed:${order.renewals + 1}`, // of two in the same instant, the second finds the key taken
      },
      { shopId: link.shopId, kind: 'bundle-links', holdSeconds: 0, createdBy: null, requestId },
    );
    if (!made) return;
    await recordAudit(tx, {
      shopId: link.shopId, actor: { kind: 'customer', id: null }, action: 'approvals.renew-link', subject: link.orderId, data: { linkId: link.id }, requestId,
    });
  });
}
