import { Button } from '@windlass/ui/button';
import { FailureNote } from '@windlass/ui/failure-note';
import { useMayAct } from '../../kit/person.tsx';
import { JobFixes } from '../../operations/parts/job-fixes.tsx';
import { useJobActions } from '../../operations/parts/use-job-actions.tsx';
import { CorrectAddress } from '../../orders/parts/correct-address.tsx';
import type { DeliveryDetail } from '../contract.ts';
import { canResolve, canRetry, isLate, isOpenProblem, mendsByAddress } from '../rules.ts';
import { ResolveUncertain } from './resolve-uncertain.tsx';
import { useDeliveryActions } from './use-delivery-actions.tsx';

export type FailedDelivery = Pick<
  DeliveryDetail,
  'id' | 'jobId' | 'orderId' | 'state' | 'attempts' | 'errorCode' | 'errorSentence' | 'errorHint' | 'acknowledged'
>;

/**
 * Why a message did not get through, or is late, with the button that mends it. Where the address is wrong, trying the
 * same one again is left to the page's own button.
 */
export function DeliveryFailure({ delivery }: { delivery: FailedDelivery }) {
  const cancelled = delivery.state === 'aborted';
  const tone =
    cancelled || isLate(delivery) || canResolve(delivery.state)
      ? 'warning'
      : isOpenProblem(delivery)
        ? 'danger'
        : 'neutral';
  return (
    <FailureNote
      tone={tone}
      sentence={
        cancelled
          ? 'The mail was cancelled before it left, so the customer got nothing.'
          : (delivery.errorSentence ?? 'The mail could not be delivered.')
      }
      fix={delivery.errorHint}
      action={<Fixes delivery={delivery} />}
    />
  );
}

function Fixes({ delivery }: { delivery: FailedDelivery }) {
  const { id, jobId, orderId, state, acknowledged } = delivery;
  const { retry, resend } = useDeliveryActions();
  if (!useMayAct('operator')) return null;
  if (canResolve(state)) return <ResolveUncertain deliveryId={id} />;
  const address = orderId !== null && mendsByAddress(delivery) && (
    <CorrectAddress orderId={orderId} unsent={{ id, state }} primary={!acknowledged} />
  );
  // A failed one is mended as its job is: run again, or left so.
  if (state === 'failed' && !address) return <JobFixes jobId={jobId} acknowledged={acknowledged} />;
  const again = canRetry(state) ? retry : resend;
  const words = state === 'failed' ? 'Try again' : canRetry(state) ? 'Try now' : 'Send a new mail';
  const possible = canRetry(state) || orderId !== null;
  return (
    <>
      {address}
      {possible && !address && (
        <Button
          size="sm"
          variant={acknowledged ? 'secondary' : 'primary'}
          loading={again.isPending}
          onClick={() => again.mutate({ id })}
        >
          {words}
        </Button>
      )}
      {state === 'failed' && !acknowledged && <Acknowledge jobId={jobId} />}
    </>
  );
}

function Acknowledge({ jobId }: { jobId: string }) {
  const { acknowledge } = useJobActions();
  return (
    <Button size="sm" variant="quiet" loading={acknowledge.isPending} onClick={() => acknowledge.mutate({ id: jobId })}>
      Acknowledge
    </Button>
  );
}
