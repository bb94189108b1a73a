import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from '@windlass/ui/button';
import { Dialog } from '@windlass/ui/dialog';
import { FailureNote } from '@windlass/ui/failure-note';
import { formatCountOf, formatDuration } from '@windlass/ui/format';
import { Select } from '@windlass/ui/select';
import { showToast } from '@windlass/ui/toast';
import { useState } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { wordsOf } from '../../kit/error-words.ts';
import type { FailureClass } from '../contract.ts';
import type { OperationsSlice } from '../server/router.ts';

const useApi = sliceOf<OperationsSlice>();

const rates = { all: undefined, '600': 600, '60': 60, '10': 10 } as const;
type Rate = keyof typeof rates;
const rateLabels: Record<Rate, string> = {
  all: 'As fast as it goes',
  '600': '600 a minute',
  '60': '60 a minute',
  '10': '10 a minute',
};

/** Says how many it will be and how long it takes, before anything is run again. */
export function RetryFailuresDialog({ failure, onClose }: { failure: FailureClass; onClose: () => void }) {
  const api = useApi();
  const [rate, setRate] = useState<Rate>('all');
  const input = { name: failure.name, code: failure.code, ...(rates[rate] && { perMinute: rates[rate] }) };
  const retry = useMutation(
    api.operations.retryFailures.mutationOptions({
      onSuccess: ({ count }) => {
        showToast({ message: `Trying ${formatCountOf(count, 'job')} again.`, tone: 'success' });
        onClose();
      },
    }),
  );
  // A dry run changes nothing, so it may be asked like a query.
  const rehearse = useMutation(api.operations.retryFailures.mutationOptions()).mutateAsync;
  const plan = useQuery({
    queryKey: ['retry-plan', input],
    queryFn: () => rehearse({ ...input, dryRun: true }),
    staleTime: 0,
    gcTime: 0,
    placeholderData: (previous) => previous,
  });
  const count = plan.data?.count;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={count === undefined ? 'Try again' : `Try ${formatCountOf(count, 'job')} again?`}
      description={failure.sentence}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={!count} loading={retry.isPending} onClick={() => retry.mutate(input)}>
            Try again
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Select
          label="How fast"
          value={rate}
          options={(Object.keys(rates) as Rate[]).map((value) => ({ value, label: rateLabels[value] }))}
          onChange={setRate}
        />
        <p className="text-muted">{plan.data ? describePlan(plan.data) : ' '}</p>
        {(retry.error ?? plan.error) && <FailureNote sentence={wordsOf(retry.error ?? plan.error).sentence} />}
      </div>
    </Dialog>
  );
}

function describePlan({ count, seconds }: { count: number; seconds: number }): string {
  if (count === 0) return 'None of them waits any more.';
  if (seconds < 1) return 'They all start at once, the oldest first.';
  return `The oldest first; the last one starts in ${formatDuration(seconds * 1000)}.`;
}
