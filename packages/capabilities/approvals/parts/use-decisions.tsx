import { useMutation } from '@tanstack/react-query';
import { showToast, showUndoToast, undoLatest, withdrawUndo } from '@windlass/ui/toast';
import { useShortcuts } from '@windlass/ui/use-shortcuts';
import { sliceOf } from '../../kit/api.ts';
import { wordsOf } from '../../kit/error-words.ts';
import type { Decision } from '../contract.ts';
import type { ApprovalsSlice } from '../server/router.ts';

const useApi = sliceOf<ApprovalsSlice>();

/** Approve, reject and undo, with the toast that offers the undo while it lasts. `z` undoes the latest, then the one before. */
export function useDecisions() {
  const api = useApi();
  const onError = (error: unknown) => showToast({ message: wordsOf(error).sentence, tone: 'danger' });

  const undo = useMutation(
    api.approvals.undo.mutationOptions({
      onError,
      onSuccess: ({ message }, { orderId }) => {
        withdrawUndo(orderId);
        showToast({ message, tone: 'success' });
      },
    }),
  );
  const decided = (word: string, decision: Decision) => {
    const seconds = decision.undoUntil ? (new Date(decision.undoUntil).getTime() - Date.now()) / 1000 : 0;
    if (decision.alreadyDone || seconds <= 0) showToast({ message: decision.message, tone: 'success' });
    else showUndoToast({ about: decision.orderId, message: `${word} #${decision.number}`, seconds, onUndo: () => undo.mutate({ orderId: decision.orderId }) });
  };
  const approve = useMutation(api.approvals.approve.mutationOptions({ onError, onSuccess: (decision) => decided('Approved', decision) }));
  const reject = useMutation(api.approvals.reject.mutationOptions({ onError, onSuccess: (decision) => decided('Rejected', decision) }));
  useShortcuts('Orders', [{ keys: 'z', label: 'Undo the latest decision', run: undoLatest }]);
  return { approve, reject, undo };
}
