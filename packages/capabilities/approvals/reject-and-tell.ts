import type { Tx } from '@windlass/db/sql';
import { recordEvents } from '@windlass/live/record-events';
import { type OrderToDecide, type RejectedOrder, rejectOrders } from '../orders/operations.ts';
import { orderRejected } from './events.ts';

export type RejectionOf = {
  shopId: string;
  by: { id: string; name: string | null };
  notes: string | null;
  /** Rejected together. */
  batchId?: string;
};

/** Rejects orders, one or a thousand, each with its event. Answers those it rejected; the rest does not wait. */
export async function rejectAndTell(
  tx: Tx,
  orders: readonly OrderToDecide[],
  { shopId, by, notes, batchId }: RejectionOf,
): Promise<RejectedOrder[]> {
  const rejected = await rejectOrders(tx, orders, { shopId, by: by.id, notes });
  await recordEvents(
    tx,
    rejected.map(({ id }) =>
      orderRejected({ shopId, subject: id, data: { by: by.name, notes, ...(batchId && { batchId }) } }),
    ),
  );
  return rejected;
}
