import { Timeline } from '@windlass/ui/timeline';
import { TimelineItem } from '@windlass/ui/timeline-item';
import { sendMailBudget } from '../budgets.ts';
import type { DeliveryDetail, DeliveryState } from '../contract.ts';
import { Conversation } from '../parts/conversation.tsx';
import { deliveryBadge } from '../parts/delivery-badge.ts';

type Attempt = DeliveryDetail['attemptRows'][number];

/** Each attempt with its outcome, its time and the words exchanged. */
export function DeliveryAttempts({
  attempts,
  state,
  acknowledged,
}: {
  attempts: readonly Attempt[];
  state: DeliveryState;
  acknowledged: boolean;
}) {
  if (attempts.length === 0)
    return (
      <p className="text-muted">
        {state === 'aborted' ? 'It was cancelled before its first attempt.' : 'No attempt yet.'}
      </p>
    );
  return (
    <Timeline label="Attempts">
      {attempts.map((attempt) => {
        const look = lookOf(attempt, acknowledged);
        return (
          <TimelineItem
            key={attempt.attempt}
            title={`Attempt ${attempt.attempt}: ${attempt.errorSentence ?? look.label.toLowerCase()}`}
            at={new Date(attempt.startedAt)}
            tone={look.tone}
            icon={look.icon}
            {...(attempt.endedAt && {
              durationMs: new Date(attempt.endedAt).getTime() - new Date(attempt.startedAt).getTime(),
              budgetMs: sendMailBudget.ms,
            })}
            detailLabel="Conversation with the mail server"
          >
            {attempt.endedAt && <Conversation attempt={attempt.attempt} lines={attempt.conversation} />}
          </TimelineItem>
        );
      })}
    </Timeline>
  );
}

/**
 * An attempt's outcome is the state it left the delivery in, or `lost` where its worker vanished. What was acknowledged
 * keeps its words and loses its colour.
 */
function lookOf(attempt: Attempt, acknowledged: boolean) {
  if (attempt.outcome === 'lost') return { tone: 'warning' as const, icon: 'question' as const, label: 'Cut short' };
  const state = (attempt.outcome ?? 'sending') as DeliveryState;
  return { ...deliveryBadge(state, { acknowledged }), label: deliveryBadge(state).label };
}
