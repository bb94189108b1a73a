import { useMutation } from '@tanstack/react-query';
import { showToast } from '@windlass/ui/toast';
import { sliceOf } from '../../kit/api.ts';
import { wordsOf } from '../../kit/error-words.ts';
import type { ApprovalsSlice } from '../server/router.ts';

const useApi = sliceOf<ApprovalsSlice>();

/** Copy a customer's link, or close it for good. */
export function useLinkActions() {
  const api = useApi();
  const onError = (error: unknown) => showToast({ message: wordsOf(error).sentence, tone: 'danger' });
  const copy = useMutation(
    api.approvals.copyLink.mutationOptions({
      onError,
      onSuccess: async ({ url }) => {
        await navigator.clipboard.writeText(url);
        showToast({ message: 'Link copied. Whoever holds it can download.', tone: 'success' });
      },
    }),
  );
  const revoke = useMutation(api.approvals.revokeLink.mutationOptions({ onError, onSuccess: () => showToast({ message: 'Link revoked. It opens nothing any more.', tone: 'success' }) }));
  return { copy, revoke };
}
