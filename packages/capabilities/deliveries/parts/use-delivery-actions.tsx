import { useMutation } from '@tanstack/react-query';
import { showToast } from '@windlass/ui/toast';
import { sliceOf } from '../../kit/api.ts';
import { wordsOf } from '../../kit/error-words.ts';
import type { DeliveriesSlice } from '../server/router.ts';

const useApi = sliceOf<DeliveriesSlice>();

/**
 * Retry (the same message again), resend (a new one), cancel (before it leaves) and what a person finds out, with their
 * words.
 */
export function useDeliveryActions() {
  const api = useApi();
  const onError = (error: unknown) => showToast({ message: wordsOf(error).sentence, tone: 'danger' });
  const said = (message: string) => () => showToast({ message, tone: 'success' });
  const retry = useMutation(api.deliveries.retry.mutationOptions({ onError, onSuccess: said('Trying again.') }));
  const resend = useMutation(
    api.deliveries.resend.mutationOptions({
      onError,
      onSuccess: said('A new message with fresh links is on its way.'),
    }),
  );
  const abort = useMutation(
    api.deliveries.abort.mutationOptions({ onError, onSuccess: said('Cancelled. Nothing was sent.') }),
  );
  const resolve = useMutation(
    api.deliveries.resolveUncertain.mutationOptions({
      onError,
      onSuccess: (_, { as }) =>
        showToast({ message: as === 'sent' ? 'Marked as sent.' : 'Sending the same message again.', tone: 'success' }),
    }),
  );
  return { retry, resend, abort, resolve };
}
