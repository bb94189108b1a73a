import { useQuery } from '@tanstack/react-query';
import { FailureNote } from '@windlass/ui/failure-note';
import { DeliveryFailure } from '../../deliveries/parts/delivery-failure.tsx';
import { isProblem } from '../../deliveries/rules.ts';
import type { DeliveriesSlice } from '../../deliveries/server/router.ts';
import { sliceOf } from '../../kit/api.ts';
import type { JobDetail } from '../contract.ts';
import { JobFixes } from '../parts/job-fixes.tsx';

const useDeliveries = sliceOf<DeliveriesSlice>();

/** Why a job failed, with the button that mends it: that of its message where it sends one. */
export function JobFailure({ job }: { job: JobDetail }) {
  const delivery = useQuery(
    useDeliveries().deliveries.get.queryOptions({ id: job.deliveryId ?? '' }, { enabled: job.deliveryId !== null }),
  ).data;
  if (delivery && isProblem(delivery.state)) return <DeliveryFailure delivery={delivery} />;
  return (
    <FailureNote
      sentence={job.errorSentence ?? 'It failed.'}
      fix={job.errorHint}
      {...(job.acknowledged && { tone: 'neutral' })}
      {...(job.deliveryId === null && { action: <JobFixes jobId={job.id} acknowledged={job.acknowledged} /> })}
    />
  );
}
