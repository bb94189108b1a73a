import type { Tx } from '@windlass/db/sql';
import { recordEvents } from '@windlass/live/record-events';
import { createDeliveries } from '../../deliveries/operations.ts';
import { CONCERNS, matchBundles } from '../../orders/operations.ts';
import { bundleLinks } from '../messages/bundle-links-delivery.ts';
import type { RunningBatch } from './decide-chunk.ts';
import { orderApproved } from '../events.ts';

const APPROVE = `update customer_order o set status = 'approved', stage = 'moving', approved_at = now(), approved_by = $2, admin_notes = $3, version = version + 1
  where id = any($1::text[]) and status = 'waiting' and cardinality(${CONCERNS}) = 0
    and exists (select 1 from order_line l join bundle b on b.id = l.bundle_id where l.order_id = o.id and b.object_key is not null)
  returning id, number, version, customer_name as "customerName", customer_email as "customerEmail"`;
type Approved = { id: string; number: number; version: number; customerName: string; customerEmail: string };

/**
 * What approve-order.ts does, for a chunk of a batch at once. Answers the ids it approved; the rest does not wait, has
 * nothing to send, or its shop says something against it.
 */
export async function approveChunk(tx: Tx, batch: RunningBatch, orderIds: readonly string[]): Promise<string[]> {
  const { shopId, createdBy, requestId, by, notes } = batch;
  await matchBundles(tx, shopId, orderIds);
  const approved = await tx.rows<Approved>('approve-orders', APPROVE, [orderIds, createdBy, notes]);
  await recordEvents(
    tx,
    approved.map(({ id }) =>
      orderApproved({
        shopId,
        subject: id,
        data: { by, notes, batchId: batch.id },
      }),
    ),
  );
  await createDeliveries(
    tx,
    approved.map((order) => bundleLinks(order.id, order)),
    // A group of its own: an order approved by hand meanwhile does not stand behind a thousand.
    {
      shopId,
      kind: 'bundle-links',
      holdSeconds: batch.holdSeconds ?? 0,
      group: `${shopId}:${batch.id}`,
      createdBy,
      requestId,
    },
  );
  return approved.map(({ id }) => id);
}
