import type { Tx } from '@windlass/db/sql';
import { recordEvents } from '@windlass/live/record-events';
import type { RunningBatch } from './decide-chunk.ts';
import { orderRejected } from '../events.ts';

const REJECT = `update customer_order set status = 'rejected', stage = 'closed', rejected_at = now(), rejected_by = $2, admin_notes = $3, version = version + 1
  where id = any($1::text[]) and status = 'waiting' returning id`;

/** What reject-order.ts does, for a chunk of a batch at once. Answers the ids it rejected. */
export async function rejectChunk(
  tx: Tx,
  { id: batchId, shopId, createdBy, by, notes }: RunningBatch,
  orderIds: readonly string[],
): Promise<string[]> {
  const ids = (await tx.rows<{ id: string }>('reject-orders', REJECT, [orderIds, createdBy, notes])).map(
    ({ id }) => id,
  );
  await recordEvents(
    tx,
    ids.map((id) =>
      orderRejected({
        shopId,
        subject: id,
        data: { by, notes, batchId },
      }),
    ),
  );
  return ids;
}
