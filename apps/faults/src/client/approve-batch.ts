import { randomUUID } from 'node:crypto';
import type { History } from '../history.ts';
import type { PlacedOrder } from '../stack/make-shop.ts';
import { callProcedure } from './call-procedure.ts';
import { until } from '@windlass/testkit/until';

export type BatchClick = { url: string; cookie: string; part: string; history: History };

/**
 * Approves all of them by one click, and waits until its job has decided each. A line of the history for each order.
 */
export async function approveBatch(orders: readonly PlacedOrder[], click: BatchClick): Promise<void> {
  const { url, cookie, part, history } = click;
  const begun = performance.now();
  const input = { orderIds: orders.map(({ id }) => id), requestKey: randomUUID() };
  const { status, data } = await callProcedure({ url, cookie }, { name: 'approvals.approveMany', input, change: true });
  const ms = Math.round(performance.now() - begun);
  const { id } = (data ?? {}) as { id?: string };
  for (const order of orders)
    history.write({
      what: 'asked',
      verb: 'approve',
      order: order.id,
      part,
      person: 'first',
      key: `batch-${order.id}`,
      try: 1,
      status,
      ms,
    });
  await until(
    'the batch is decided',
    async () => {
      const { data: batch } = await callProcedure({ url, cookie }, { name: 'approvals.batch', input: { batchId: id } });
      return (batch as { state?: string } | undefined)?.state === 'done';
    },
    60_000,
  );
}
