import { useMutation } from '@tanstack/react-query';
import { Button } from '@windlass/ui/button';
import { formatCountOf, formatDuration } from '@windlass/ui/format';
import { StatusIcon } from '@windlass/ui/status-icon';
import { showToast } from '@windlass/ui/toast';
import { tonePanel, toneText } from '@windlass/ui/tone';
import { useCountdown } from '@windlass/ui/use-countdown';
import { sliceOf } from '../../kit/api.ts';
import { wordsOf } from '../../kit/error-words.ts';
import { useMayAct } from '../../kit/person.tsx';
import type { RetryRun } from '../contract.ts';
import type { OperationsSlice } from '../server/router.ts';

const useApi = sliceOf<OperationsSlice>();

/**
 * Failures that are tried again one after the other: how many wait for their turn, until when, and the button that
 * leaves the rest.
 */
export function RetryRunLine({ run: { run, title, waiting, lastAt } }: { run: RetryRun }) {
  const left = useCountdown(new Date(lastAt).getTime());
  const mayAct = useMayAct('operator');
  const stop = useMutation(
    useApi().operations.stopRetryRun.mutationOptions({
      onError: (error) => showToast({ message: wordsOf(error).sentence, tone: 'danger' }),
      onSuccess: ({ count }) =>
        showToast({
          message:
            count === 0
              ? 'All of them had begun already.'
              : `Stopped. ${formatCountOf(count, 'job')} left failed, below.`,
          tone: 'success',
        }),
    }),
  );
  return (
    <div
      className={`flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-md border px-3 py-2.5 ${tonePanel.info}`}
    >
      <p className="flex min-w-0 grow basis-72 gap-2.5">
        <StatusIcon name="clock" size={14} className={`mt-0.75 shrink-0 ${toneText.info}`} />
        <span>
          <span className={`font-medium ${toneText.info}`}>
            {title}, tried again: {formatCountOf(waiting, 'job')} still {waiting === 1 ? 'waits' : 'wait'} for a turn.
          </span>{' '}
          <span className="tabular-nums">
            {left > 0 ? `The last one starts in ${formatDuration(left * 1000)}.` : 'The last one starts now.'}
          </span>
        </span>
      </p>
      {mayAct && (
        <Button size="sm" loading={stop.isPending} onClick={() => stop.mutate({ run })}>
          Stop trying again
        </Button>
      )}
    </div>
  );
}
