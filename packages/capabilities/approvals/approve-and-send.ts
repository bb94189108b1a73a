import type { Tx } from '@windlass/db/sql';
import { recordEvents } from '@windlass/live/record-events';
import { createDeliveries, type MadeDelivery } from '../deliveries/operations.ts';
import { type ApprovedOrder, approveOrders, matchBundles, type OrderToDecide } from '../orders/operations.ts';
import type { OrderConcern } from './contract.ts';
import { orderApproved } from './events.ts';
import { bundleLinks } from './messages/bundle-links-delivery.ts';

export type ApprovalOf = {
  shopId: string;
  by: { id: string; name: string | null };
  notes: string | null;
  requestId: string | null;
  /** How long the mails can be taken back, in seconds. */
  holdSeconds: number;
  despite?: readonly OrderConcern[];
  /** Of the click, for the budget, in ms. */
  tookMs?: () => number;
  /**
   * Approved together: its mails take turns of their own, so that an order approved by hand does not stand behind a
   * thousand.
   */
  batchId?: string;
};

/**
 * Approves orders, one or a thousand: each with its event, its mail and the mail's job. Answers those it approved; the
 * rest does not wait, has nothing to send, or its shop says something against it.
 */
export async function approveAndSend(
  tx: Tx,
  orders: readonly OrderToDecide[],
  approval: ApprovalOf,
): Promise<{ orders: ApprovedOrder[]; deliveries: MadeDelivery[] }> {
  const { shopId, by, notes, requestId, holdSeconds, despite = [], tookMs, batchId } = approval;
  await matchBundles(
    tx,
    shopId,
    orders.map(({ id }) => id),
  );
  const approved = await approveOrders(tx, orders, { shopId, by: by.id, notes, despite });
  await recordEvents(
    tx,
    approved.map((order) =>
      orderApproved({
        shopId,
        subject: order.id,
        data: {
          by: by.name,
          notes,
          ...(tookMs && { ms: tookMs() }),
          ...(batchId && { batchId }),
          ...despiteOf(order),
        },
      }),
    ),
  );
  const deliveries = await createDeliveries(
    tx,
    approved.map((order) => bundleLinks(order.id, order)),
    {
      shopId,
      kind: 'bundle-links',
      holdSeconds,
      ...(batchId && { group: `${shopId}:${batchId}` }),
      createdBy: by.id,
      requestId,
    },
  );
  return { orders: approved, deliveries };
}

/** What was waived, for the record; of an order that nothing was said against, nothing. */
export const despiteOf = ({ despite }: ApprovedOrder): { despite?: OrderConcern[] } =>
  despite.length > 0 ? { despite } : {};
