import { useMutation } from '@tanstack/react-query';
import { copyText } from '@windlass/ui/copy-text';
import { offerUndo, showToast } from '@windlass/ui/toast';
import { sliceOf } from '../../kit/api.ts';
import { wordsOf } from '../../kit/error-words.ts';
import type { ApprovalsSlice } from '../server/router.ts';

const useApi = sliceOf<ApprovalsSlice>();

/** Copy a customer's link, or revoke it, with the toast that undoes it. */
export function useLinkActions() {
  const api = useApi();
  const onError = (error: unknown) => showToast({ message: wordsOf(error).sentence, tone: 'danger' });
  const copy = useMutation(
    api.approvals.copyLink.mutationOptions({
      onError,
      onSuccess: async ({ url }) => {
        await copyText(url).then(
          () => showToast({ message: 'Link copied. Whoever holds it can download.', tone: 'success' }),
          () => showToast({ message: `The browser did not let us copy it. Here it is: ${url}`, tone: 'danger' }),
        );
      },
    }),
  );
  const restore = useMutation(
    api.approvals.restoreLink.mutationOptions({
      onError,
      onSuccess: () => showToast({ message: 'Undone. The link opens again.', tone: 'success' }),
    }),
  );
  const revoke = useMutation(
    api.approvals.revokeLink.mutationOptions({
      onError,
      onSuccess: ({ undoUntil }, { linkId }) =>
        offerUndo({
          about: linkId,
          message: 'Link revoked. It opens nothing any more.',
          undoUntil,
          onUndo: () => restore.mutate({ linkId }),
        }),
    }),
  );
  return { copy, revoke };
}
