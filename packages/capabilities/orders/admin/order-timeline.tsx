import { useMemo } from 'react';
import { ShownDeliveries, type ShownDelivery } from '../../deliveries/parts/shown-deliveries.tsx';
import { isLate, isProblem } from '../../deliveries/rules.ts';
import { SubjectTimeline } from '../../kit/subject-timeline.tsx';
import type { OrderDetail } from '../contract.ts';
import { orderPlaced } from '../events.ts';

/** From click to inbox to download, each step's time beside its budget. */
export function OrderTimeline({ order }: { order: OrderDetail }) {
  const { timeline, placedAt } = order;
  // An order may reach us later than it was placed.
  const events = useMemo(
    () => timeline.map((event) => (orderPlaced.read(event) ? { ...event, at: placedAt } : event)),
    [timeline, placedAt],
  );
  return (
    <ShownDeliveries value={order.deliveries.map((delivery) => showDelivery(delivery, order))}>
      <SubjectTimeline label={`What happened with order #${order.number}`} events={events} />
    </ShownDeliveries>
  );
}

const showDelivery = (delivery: OrderDetail['deliveries'][number], order: OrderDetail): ShownDelivery => ({
  ...delivery,
  orderId: order.id,
  needsFix: needsFix(delivery, order),
  conversations: delivery.conversations.map(({ attempt, lines }) => ({ attempt, conversation: lines })),
});

/** It did not get through, is late, or was cancelled although the order is approved. */
function needsFix(delivery: OrderDetail['deliveries'][number], order: OrderDetail): boolean {
  if (delivery.state === 'aborted') return order.stage === 'problem' && order.delivery?.id === delivery.id;
  return isProblem(delivery.state) || isLate(delivery);
}
