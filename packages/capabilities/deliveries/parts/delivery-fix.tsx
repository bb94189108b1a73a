import { Button } from '@windlass/ui/button';
import { useMayAct } from '../../kit/person.tsx';
import type { DeliveryRow } from '../contract.ts';
import { canResolve, canRetry, isLate, isOpenProblem, mendsByAddress } from '../rules.ts';
import { useDeliveryActions } from './use-delivery-actions.tsx';

type Facts = Pick<DeliveryRow, 'id' | 'state' | 'attempts' | 'errorCode' | 'acknowledged'>;

/**
 * In a row of a list, beside the sentence of what failed: the fix where it is one click, or the way to its box where it
 * takes more.
 */
export function DeliveryFix({ delivery, onOpen }: { delivery: Facts; onOpen: () => void }) {
  const { retry } = useDeliveryActions();
  const mayAct = useMayAct('operator');
  if (!mayAct || !(isOpenProblem(delivery) || isLate(delivery))) return null;
  const { id, state } = delivery;
  if (canResolve(state))
    return (
      <Button size="sm" onClick={onOpen}>
        Decide…
      </Button>
    );
  if (mendsByAddress(delivery) || !canRetry(state))
    return (
      <Button size="sm" onClick={onOpen}>
        Correct address…
      </Button>
    );
  return (
    <Button size="sm" loading={retry.isPending} onClick={() => retry.mutate({ id })}>
      {state === 'failed' ? 'Try again' : 'Try now'}
    </Button>
  );
}
