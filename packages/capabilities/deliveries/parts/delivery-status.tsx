import { Progress } from '@windlass/ui/progress';
import { StatusChip } from '@windlass/ui/status-chip';
import { useNow } from '../../kit/use-now.tsx';
import type { DeliveryState } from '../contract.ts';
import { hasArrived, isMoving, visibleState } from '../rules.ts';
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

/** Its bar. A settled delivery keeps a full one where `settled` is asked for, so that nothing below it moves up at the end. */
export function DeliveryProgress({ delivery, compact = false, settled = false }: { delivery: DeliveryFacts; compact?: boolean; settled?: boolean }) {
  const { state, words } = useVisibleDelivery(delivery)!;
  if (settled && hasArrived(state)) return <Progress value={1} done tone="success" label="Mail accepted by the server" workKey={delivery.id} />;
  if (!isMoving(state)) return null;
  const waits = state === 'withheld' || state === 'queued' || state === 'awaiting_retry';
  return <Progress value={deliveryShare(state)} label={words} workKey={delivery.id} compact={compact} {...(waits && { waiting: words })} />;
}
