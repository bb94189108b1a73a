import { useMutation } from '@tanstack/react-query';
import { showToast, showUndoToast, undoLatest, withdrawUndo } from '@windlass/ui/toast';
import { useShortcuts } from '@windlass/ui/use-shortcuts';
import { useState } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { wordsOf } from '../../kit/error-words.ts';
import type { Decision } from '../contract.ts';
import type { ApprovalsSlice } from '../server/router.ts';

const useApi = sliceOf<ApprovalsSlice>();

type Which = { orderId: string; number: number; version: number };

/**
 * Approve, reject, undo and reopen, with the toast that offers the undo while it lasts. `z` undoes the latest, then the
 * one before.
 * `askReject` opens the question why: whoever uses it draws reject-question.tsx.
 */
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
    else
      showUndoToast({
        about: decision.orderId,
        message: `${word} #${decision.number}${decision.leftOut ? `. ${decision.leftOut}` : ''}`,
        seconds,
        onUndo: () => undo.mutate({ orderId: decision.orderId }),
      });
  };
  const approve = useMutation(
    api.approvals.approve.mutationOptions({ onError, onSuccess: (decision) => decided('Approved', decision) }),
  );
  const reject = useMutation(
    api.approvals.reject.mutationOptions({ onError, onSuccess: (decision) => decided('Rejected', decision) }),
  );
  const reopen = useMutation(
    api.approvals.reopen.mutationOptions({
      onError,
      onSuccess: ({ message }) => showToast({ message, tone: 'success' }),
    }),
  );
  const [asked, setAsked] = useState<Which>();
  useShortcuts('Orders', [{ keys: 'z', label: 'Undo the latest decision', run: undoLatest }]);
  return { approve, reject, undo, reopen, asked, askReject: setAsked };
}

export type Decisions = ReturnType<typeof useDecisions>;
