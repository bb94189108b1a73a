import { createDelivery } from '../../deliveries/operations.ts';
import { RENEWALS_A_DAY, RENEWALS_IN_ALL } from '../contract.ts';
import type { ServerServices } from '../../kit/server-context.ts';
import { recordAudit } from '../../kit/record-audit.ts';
import { followMessages } from '../../orders/operations.ts';
import type { OpenedLink } from './find-link.ts';

/** `chain`: the renewals one after the other since the shop itself last mailed links, by approving or sending again. */
const RECIPIENT = `select o.customer_name as name, o.customer_email as address, r.renewals, r.recent, r.today, r.chain
  from customer_order o, lateral (
    select max(d.created_at) as at from delivery d
    where d.order_id = o.id and d.kind = 'bundle-links'
      and not starts_with(d.dedupe_key, o.id || ':bundle-links:renewed:')) own, lateral (
    select count(*)::int as renewals, coalesce(max(d.created_at) > now() - interval '10 minutes', false) as recent,
      count(*) filter (where d.created_at > now() - interval '1 day')::int as today,
      count(*) filter (where own.at is null or d.created_at > own.at)::int as chain
    from delivery d where d.order_id = o.id and starts_with(d.dedupe_key, o.id || ':bundle-links:renewed:')) r
  where o.id = $1 and o.status = 'approved' and o.erased_at is null for update of o`;
type Recipient = { name: string; address: string; renewals: number; recent: boolean; today: number; chain: number };

/**
 * Mails fresh links to the buyer's own address, whoever holds the old one: asking gets nobody else anything. At most
 * one mail in ten minutes for an order, three a day, and ten until the shop sends some itself: then it has an end. A
 * revoked link gets nothing, and the page says the same to all.
 */
export async function renewLink({ database }: ServerServices, link: OpenedLink, requestId: string): Promise<void> {
  if (link.state === 'revoked' || link.state === 'active') return;
  await database.transaction(async (tx) => {
    const order = await tx.row<Recipient>('renew-link-recipient', RECIPIENT, [link.orderId]);
    if (!order || order.recent || order.today >= RENEWALS_A_DAY || order.chain >= RENEWALS_IN_ALL) return;
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
    await followMessages(tx, [{ subject: link.orderId, fate: 'moving' }]);
    await recordAudit(tx, {
      shopId: link.shopId,
      actor: { kind: 'customer', id: null },
      action: 'approvals.renew-link',
      subject: link.orderId,
      data: { linkId: link.id },
      requestId,
    });
  });
}
