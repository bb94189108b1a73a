import { useQuery } from '@tanstack/react-query';
import { Button, buttonClass } from '@windlass/ui/button';
import { Copyable } from '@windlass/ui/copyable';
import { Drawer } from '@windlass/ui/drawer';
import { formatAbsolute } from '@windlass/ui/format';
import { KeyValues } from '@windlass/ui/key-values';
import { linkStyle } from '@windlass/ui/link-style';
import { Skeleton } from '@windlass/ui/skeleton';
import { StatusChip } from '@windlass/ui/status-chip';
import { canCancel, canRetry } from '@windlass/queue/jobs/job-state';
import { useShortcuts } from '@windlass/ui/use-shortcuts';
import { sliceOf } from '../../kit/api.ts';
import { FailedQuery } from '../../kit/failed-query.tsx';
import { useMayAct } from '../../kit/person.tsx';
import { RouterLink } from '../../kit/render-link.tsx';
import type { JobDetail } from '../contract.ts';
import type { OperationsSlice } from '../server/router.ts';
import { useJobActions } from '../parts/use-job-actions.tsx';
import { JobAttempts } from './job-attempts.tsx';
import { JobFailure } from './job-failure.tsx';
import { jobBadge } from './job-badge.ts';
import { JobProgress } from './job-progress.tsx';

const useApi = sliceOf<OperationsSlice>();

/** A job beside its list. */
export function JobDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const query = useQuery(
    useApi().operations.job.queryOptions(
      { id: id ?? '' },
      { enabled: id !== undefined, placeholderData: (previous) => (id ? previous : undefined) },
    ),
  );
  const job = query.data?.id === id ? query.data : undefined;
  return (
    <Drawer
      open={id !== undefined}
      onClose={onClose}
      title={job ? job.title : 'Job'}
      status={job && <StatusChip {...jobBadge(job)} />}
      footer={job && <Actions job={job} />}
    >
      {query.isError ? (
        <FailedQuery what="The job" error={query.error} retry={() => void query.refetch()} />
      ) : job ? (
        <Body job={job} />
      ) : (
        <div className="flex flex-col gap-3">
          <Skeleton className="h-5 w-48" />
          <Skeleton className="h-32 w-full" />
        </div>
      )}
    </Drawer>
  );
}

function Actions({ job }: { job: JobDetail }) {
  const mayAct = useMayAct('operator');
  const { retry, cancel } = useJobActions();
  // A message that was taken back stays so: sending it after all is a resend, from its delivery.
  const mayRetry = mayAct && canRetry(job.state) && !(job.state === 'cancelled' && job.deliveryId);
  useShortcuts('Jobs', [
    { keys: 'r', label: 'Run the job again', when: mayRetry, run: () => retry.mutate({ id: job.id }) },
  ]);
  return (
    <>
      {mayRetry && (
        <Button kbd="r" loading={retry.isPending} onClick={() => retry.mutate({ id: job.id })}>
          {job.state === 'retrying' ? 'Try now' : 'Try again'}
        </Button>
      )}
      {mayAct && canCancel(job.state) && (
        <Button loading={cancel.isPending} onClick={() => cancel.mutate({ id: job.id })}>
          Cancel job
        </Button>
      )}
      {job.deliveryId && (
        <RouterLink to={`/deliveries?open=${job.deliveryId}`} className={buttonClass({})}>
          See its delivery
        </RouterLink>
      )}
    </>
  );
}

function Body({ job }: { job: JobDetail }) {
  return (
    <div className="flex flex-col gap-6">
      {job.state === 'failed' && <JobFailure job={job} />}
      {job.state === 'active' && <JobProgress job={job} />}
      <KeyValues
        items={[
          {
            label: 'For',
            value: job.serves && (
              <RouterLink to={job.serves.to} className={linkStyle}>
                {job.serves.label}
              </RouterLink>
            ),
          },
          ...(job.waitsFor ? [{ label: 'Waits for', value: job.waitsFor }] : []),
          ...(job.parked
            ? [
                { label: 'Parked', value: job.errorSentence },
                { label: 'At most until', value: job.parked.until && formatAbsolute(new Date(job.parked.until)) },
              ]
            : []),
          { label: 'Try', value: `${job.tryNumber} of ${job.tries}` },
          { label: 'Starts', value: `${job.attempts}` },
          { label: 'Queue', value: job.queue },
          { label: 'Created', value: formatAbsolute(new Date(job.createdAt)) },
          { label: 'Ended', value: job.finishedAt && formatAbsolute(new Date(job.finishedAt)) },
          { label: 'Job', value: <Copyable value={job.id} label="job id" mono /> },
          ...(job.requestId
            ? [{ label: 'Request', value: <Copyable value={job.requestId} label="request id" mono /> }]
            : []),
        ]}
      />
      <JobAttempts job={job} />
    </div>
  );
}
