import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, buttonClass } from '@windlass/ui/button';
import { FailureNote } from '@windlass/ui/failure-note';
import { formatCount, formatCountOf } from '@windlass/ui/format';
import { RelativeTime } from '@windlass/ui/relative-time';
import { showToast } from '@windlass/ui/toast';
import { Suspense, useState } from 'react';
import { mendsByAddress } from '../../deliveries/rules.ts';
import { sliceOf } from '../../kit/api.ts';
import { wordsOf } from '../../kit/error-words.ts';
import { lazyPart } from '../../kit/lazy-part.ts';
import { useMayAct } from '../../kit/person.tsx';
import { RouterLink } from '../../kit/render-link.tsx';
import type { FailureClass } from '../contract.ts';
import type { OperationsSlice } from '../server/router.ts';
import { RetryRunLine } from './retry-run-line.tsx';

const RetryFailuresDialog = lazyPart(() =>
  import('./retry-failures-dialog.tsx').then((file) => file.RetryFailuresDialog),
);

const useApi = sliceOf<OperationsSlice>();

/** One row for each reason why things failed, with what mends all of it at once: above the list of the single jobs. */
export function FailureClasses() {
  const { rows: classes = [], runs = [] } = useQuery(useApi().operations.failures.queryOptions()).data ?? {};
  const [retrying, setRetrying] = useState<FailureClass>();
  if (classes.length === 0 && runs.length === 0) return null;
  return (
    <>
      <ul aria-label="Failures by reason" className="my-3 flex flex-col gap-2">
        {runs.map((run) => (
          <li key={run.run}>
            <RetryRunLine run={run} />
          </li>
        ))}
        {classes.map((failure) => (
          <li key={`${failure.name} ${failure.code}`}>
            <FailureNote
              sentence={`${formatCount(failure.count)} × ${failure.sentence}`}
              cause={
                <span className="text-muted">
                  {failure.title}, the latest <RelativeTime at={new Date(failure.newest)} />
                </span>
              }
              fix={failure.hint}
              action={<Actions failure={failure} onRetry={() => setRetrying(failure)} />}
            />
          </li>
        ))}
      </ul>
      {retrying && (
        <Suspense>
          <RetryFailuresDialog failure={retrying} onClose={() => setRetrying(undefined)} />
        </Suspense>
      )}
    </>
  );
}

function Actions({ failure, onRetry }: { failure: FailureClass; onRetry: () => void }) {
  const mayAct = useMayAct('operator');
  const acknowledge = useMutation(
    useApi().operations.acknowledgeFailures.mutationOptions({
      onError: (error) => showToast({ message: wordsOf(error).sentence, tone: 'danger' }),
      onSuccess: ({ count }) =>
        showToast({
          message: `${formatCountOf(count, 'failure')} acknowledged. They stay in All, and can still be run again there.`,
          tone: 'success',
        }),
    }),
  );
  if (!mayAct) return null;
  if (failure.retryable === 0)
    return (
      <RouterLink to="/deliveries?tab=problems" className={buttonClass({ size: 'sm' })}>
        Decide them one by one
      </RouterLink>
    );
  const byAddress = mendsByAddress({ state: 'failed', errorCode: failure.code });
  return (
    <>
      {byAddress && (
        <RouterLink to="/deliveries?tab=problems" className={buttonClass({ size: 'sm', variant: 'primary' })}>
          Correct addresses
        </RouterLink>
      )}
      <Button size="sm" onClick={onRetry}>
        {failure.retryable === 1 ? 'Retry' : `Retry all ${formatCount(failure.retryable)}`}
      </Button>
      <Button
        size="sm"
        variant="quiet"
        loading={acknowledge.isPending}
        onClick={() => acknowledge.mutate({ name: failure.name, code: failure.code })}
      >
        Acknowledge
      </Button>
    </>
  );
}
