import { Progress } from '@windlass/ui/progress';
import { StatusChip } from '@windlass/ui/status-chip';
import { useCountdown } from '@windlass/ui/use-countdown';
import { useNow } from '../../kit/use-now.tsx';
import type { DeliveryState } from '../contract.ts';
import { hasArrived, isLate, isMoving, isOpenProblem, isProblem, visibleState } from '../rules.ts';
import { type DeliveryNow, deliveryBadge, deliveryShare, deliveryWords, secondsHeld } from './delivery-badge.ts';

export type DeliveryFacts = {
  id: string;
  state: DeliveryState;
  heldUntil: string | null;
  nextAttemptAt: string | null;
  givesUpAt: string | null;
  attempts: number;
  errorSentence: string | null;
  acknowledged: boolean;
};

export type VisibleDelivery = DeliveryNow & { state: DeliveryState; words: string; spoken?: string };

/** A delivery as it stands this second. */
export function useVisibleDelivery(delivery: DeliveryFacts | null): VisibleDelivery | null {
  const held = delivery?.state === 'withheld' && delivery.heldUntil !== null;
  // The same seconds as the toast's beside it.
  const left = useCountdown(held ? new Date(delivery.heldUntil!).getTime() : 0);
  const now = useNow(delivery !== null && (delivery.state === 'withheld' || delivery.state === 'awaiting_retry'));
  if (!delivery) return null;
  const state = visibleState(delivery.state, delivery.heldUntil, now);
  const sendsIn = left > 0 ? left : secondsHeld(delivery.heldUntil, now);
  return {
    state,
    late: isLate({ state, attempts: delivery.attempts }),
    acknowledged: delivery.acknowledged,
    ...(state === 'withheld' && { sendsIn }),
    ...deliveryWords(state, { ...delivery, now, sendsIn }),
  };
}

/** Its chip. */
export function DeliveryChip({ delivery }: { delivery: DeliveryFacts }) {
  const visible = useVisibleDelivery(delivery)!;
  return <StatusChip {...deliveryBadge(visible.state, visible)} />;
}

/** Its bar while it moves, for a row of a list. */
export function DeliveryProgress({ delivery }: { delivery: DeliveryFacts }) {
  const { state, words, spoken } = useVisibleDelivery(delivery)!;
  if (!isMoving(state)) return null;
  return (
    <Progress
      compact
      value={deliveryShare(state)}
      label={words}
      workKey={delivery.id}
      {...(spoken && { spoken })}
      {...(waits(state) && { waiting: words })}
    />
  );
}

/** Its bar for a page of its own: it stays when the delivery is settled, so that nothing below it moves. */
export function DeliveryBar({ delivery }: { delivery: DeliveryFacts }) {
  const { state, words, spoken } = useVisibleDelivery(delivery)!;
  if (hasArrived(state))
    return <Progress value={1} done tone="success" label="Mail accepted by the server" workKey={delivery.id} />;
  if (isProblem(state))
    return (
      <Progress
        value={1}
        done
        tone={isOpenProblem(delivery) ? 'danger' : 'neutral'}
        label={delivery.errorSentence ?? words}
        workKey={delivery.id}
      />
    );
  return (
    <Progress
      value={deliveryShare(state)}
      label={words}
      workKey={delivery.id}
      {...(spoken && { spoken })}
      {...(waits(state) && { waiting: words })}
    />
  );
}

const waits = (state: DeliveryState): boolean => ['withheld', 'queued', 'awaiting_retry', 'aborted'].includes(state);
