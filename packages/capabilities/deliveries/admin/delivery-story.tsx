import { TimelineItem } from '@windlass/ui/timeline-item';
import type { TimelineEvent } from '../../kit/timeline-contract.ts';
import { clickToAcceptedBudget, makeLinksBudget, sendMailBudget } from '../budgets.ts';
import type { DeliveryDetail } from '../contract.ts';
import { Conversation } from '../parts/conversation.tsx';
import { DeliveryFailure } from '../parts/delivery-failure.tsx';
import { deliveryBadge } from '../parts/delivery-badge.ts';
import { useShownDelivery } from '../parts/shown-deliveries.tsx';
import { type AttemptStory, describeDelivery } from './describe-delivery.ts';

/** A delivery on a timeline: one entry, its attempts below it, and why it failed with the button that mends it. */
export function DeliveryStory({ id, events }: { id: string; events: readonly TimelineEvent[] }) {
  const delivery = useShownDelivery(id);
  const story = describeDelivery(events);
  const acknowledged = delivery?.acknowledged === true;
  const { tone, icon, moving } = deliveryBadge(story.state, { acknowledged });
  return (
    <TimelineItem
      title={story.title}
      at={new Date(story.at)}
      tone={tone}
      icon={icon}
      {...(moving && { moving })}
      {...(story.totalMs !== undefined && { durationMs: story.totalMs, budgetMs: clickToAcceptedBudget.ms })}
      {...(delivery?.needsFix && { aside: <DeliveryFailure delivery={delivery} /> })}
      nestedLabel={story.attempts.length === 1 ? '1 attempt' : `${story.attempts.length} attempts`}
      {...(story.attempts.length > 0 && {
        nested: story.attempts.map((attempt) => (
          <AttemptItem
            key={attempt.number}
            attempt={attempt}
            lines={delivery?.conversations.find((said) => said.attempt === attempt.number)?.conversation}
            acknowledged={acknowledged}
          />
        )),
      })}
    />
  );
}

type Lines = DeliveryDetail['attemptRows'][number]['conversation'];

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
  const { tone, icon } = deliveryBadge(attempt.state, { acknowledged });
  return (
    <>
      {attempt.composeMs !== undefined && (
        <TimelineItem
          title="Links made, message written"
          at={new Date(attempt.at)}
          tone="neutral"
          icon="check"
          durationMs={attempt.composeMs}
          budgetMs={makeLinksBudget.ms}
        />
      )}
      <TimelineItem
        title={`Attempt ${attempt.number}: ${attempt.words}`}
        at={new Date(attempt.at)}
        tone={tone}
        icon={icon}
        {...(attempt.sendMs !== undefined && { durationMs: attempt.sendMs, budgetMs: sendMailBudget.ms })}
        detailLabel="Conversation with the mail server"
      >
        {lines && <Conversation attempt={attempt.number} lines={lines} />}
      </TimelineItem>
    </>
  );
}
