import { Progress } from '@windlass/ui/progress';
import { StatusChip } from '@windlass/ui/status-chip';
import { useNow } from '../../kit/use-now.tsx';
import type { DeliveryState } from '../contract.ts';
import { hasArrived, isMoving, isProblem, visibleState } from '../rules.ts';
import { deliveryLook, deliveryShare, deliveryWords } from './delivery-look.ts';

export type DeliveryFacts = { id: string; state: DeliveryState; heldUntil: string | null; nextAttemptAt: string | null };

/** A delivery as it stands this second. */
export function useVisibleDelivery(delivery: DeliveryFacts | null): { state: DeliveryState; words: string } | null {
  const now = useNow(delivery !== null && (delivery.state === 'withheld' || delivery.state === 'awaiting_retry'));
  if (!delivery) return null;
  const state = visibleState(delivery.state, delivery.heldUntil, now);
  return { state, words: deliveryWords(state, { ...delivery, now }) };
}

/** Its chip. */
export function DeliveryChip({ delivery }: { delivery: DeliveryFacts }) {
  return <StatusChip {...deliveryLook(useVisibleDelivery(delivery)!.state)} />;
}

/** Its bar while it moves, for a row of a list. */
export function DeliveryProgress({ delivery }: { delivery: DeliveryFacts }) {
  const { state, words } = useVisibleDelivery(delivery)!;
  if (!isMoving(state)) return null;
  return <Progress compact value={deliveryShare(state)} label={words} workKey={delivery.id} {...(waits(state) && { waiting: words })} />;
}

/** Its bar for a page of its own: it stays when the delivery is settled, so that nothing below it moves. */
export function DeliveryBar({ delivery }: { delivery: DeliveryFacts & { errorSentence: string | null } }) {
  const { state, words } = useVisibleDelivery(delivery)!;
  if (hasArrived(state)) return <Progress value={1} done tone="success" label="Mail accepted by the server" workKey={delivery.id} />;
  if (isProblem(state)) return <Progress value={1} done tone="danger" label={delivery.errorSentence ?? words} workKey={delivery.id} />;
  return <Progress value={deliveryShare(state)} label={words} workKey={delivery.id} {...(waits(state) && { waiting: words })} />;
}

const waits = (state: DeliveryState): boolean => ['withheld', 'queued', 'awaiting_retry', 'aborted'].includes(state);
