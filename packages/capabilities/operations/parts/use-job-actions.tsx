import { useMutation } from '@tanstack/react-query';
import { showToast } from '@windlass/ui/toast';
import { sliceOf } from '../../kit/api.ts';
import { wordsOf } from '../../kit/error-words.ts';
import type { OperationsSlice } from '../server/router.ts';

const useApi = sliceOf<OperationsSlice>();

/** Run a job again, leave its failure as it is, or cancel it, with their words. */
export function useJobActions() {
  const { operations } = useApi();
  const onError = (error: unknown) => showToast({ message: wordsOf(error).sentence, tone: 'danger' });
  const retry = useMutation(
    operations.retryJob.mutationOptions({
      onError,
      onSuccess: () => showToast({ message: 'Trying again.', tone: 'success' }),
    }),
  );
  const acknowledge = useMutation(
    operations.acknowledgeJob.mutationOptions({
      onError,
      onSuccess: () => showToast({ message: 'Acknowledged. It waits for nobody any more.', tone: 'success' }),
    }),
  );
  const cancel = useMutation(
    operations.cancelJob.mutationOptions({
      onError,
      onSuccess: ({ state }) =>
        showToast({
          message: state === 'cancelled' ? 'Cancelled.' : 'It stops at its next safe point.',
          tone: 'success',
        }),
    }),
  );
  return { retry, acknowledge, cancel };
}
