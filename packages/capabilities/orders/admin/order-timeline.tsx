import { budgets } from '@windlass/config/budgets';
import { Timeline } from '@windlass/ui/timeline';
import { TimelineItem } from '@windlass/ui/timeline-item';
import { Conversation } from '../../deliveries/parts/conversation.tsx';
import { DeliveryFailure } from '../../deliveries/parts/delivery-failure.tsx';
import { isLate, isProblem } from '../../deliveries/rules.ts';
import { deliveryLook } from '../../deliveries/parts/delivery-look.ts';
import type { OrderDetail } from '../contract.ts';
import { type AttemptStory, type DeliveryStory, tellTimeline } from './tell-timeline.ts';

/** From click to inbox to download, each step's time beside its budget. */
export function OrderTimeline({ order }: { order: OrderDetail }) {
  return (
    <Timeline label={`What happened with order #${order.number}`}>
      {tellTimeline(order.timeline, order.placedAt).map((entry) =>
        entry.kind === 'delivery' ? (
          <DeliveryItem key={entry.deliveryId} story={entry} order={order} />
        ) : (
          <TimelineItem key={entry.seq} {...entry.item} at={new Date(entry.at)} />
        ),
      )}
    </Timeline>
  );
}

function DeliveryItem({ story, order }: { story: DeliveryStory; order: OrderDetail }) {
  const delivery = order.deliveries.find(({ id }) => id === story.deliveryId);
  const acknowledged = delivery?.acknowledged === true;
  const { tone, icon, moving } = deliveryLook(story.state, { acknowledged });
  const spoken = delivery?.conversations ?? [];
  const failed = delivery && needsFix(delivery, order) ? delivery : undefined;
  return (
    <TimelineItem
      title={story.title}
      at={new Date(story.at)}
      tone={tone}
      icon={icon}
      {...(moving && { moving })}
      {...(story.totalMs !== undefined && { durationMs: story.totalMs, budgetMs: budgets.clickToAccepted })}
      {...(failed && {
        aside: <DeliveryFailure delivery={{ ...failed, orderId: order.id }} />,
      })}
      nestedLabel={story.attempts.length === 1 ? '1 attempt' : `${story.attempts.length} attempts`}
      {...(story.attempts.length > 0 && {
        nested: story.attempts.map((attempt) => (
          <AttemptItem
            key={attempt.number}
            attempt={attempt}
            lines={spoken.find((said) => said.attempt === attempt.number)?.lines}
            acknowledged={acknowledged}
          />
        )),
      })}
    />
  );
}

/** It did not get through, is late, or was cancelled although the order is approved. */
function needsFix(delivery: OrderDetail['deliveries'][number], order: OrderDetail): boolean {
  if (delivery.state === 'aborted') return order.stage === 'problem' && order.delivery?.id === delivery.id;
  return isProblem(delivery.state) || isLate(delivery);
}

type Lines = OrderDetail['deliveries'][number]['conversations'][number]['lines'];

/** An attempt: its links and message (with their budget), then its conversation. */
function AttemptItem({
  attempt,
  lines,
  acknowledged,
}: {
  attempt: AttemptStory;
  lines: Lines | undefined;
  acknowledged: boolean;
}) {
  const { tone, icon } = deliveryLook(attempt.state, { acknowledged });
  return (
    <>
      {attempt.composeMs !== undefined && (
        <TimelineItem
          title="Links made, message written"
          at={new Date(attempt.at)}
          tone="neutral"
          icon="check"
          durationMs={attempt.composeMs}
          budgetMs={budgets.makeLinks}
        />
      )}
      <TimelineItem
        title={`Attempt ${attempt.number}: ${attempt.words}`}
        at={new Date(attempt.at)}
        tone={tone}
        icon={icon}
        {...(attempt.sendMs !== undefined && { durationMs: attempt.sendMs, budgetMs: budgets.sendMail })}
        detailLabel="Conversation with the mail server"
      >
        {lines && <Conversation attempt={attempt.number} lines={lines} />}
      </TimelineItem>
    </>
  );
}
