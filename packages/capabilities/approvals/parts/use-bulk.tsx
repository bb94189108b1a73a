import { useMutation, useQuery } from '@tanstack/react-query';
import { formatCountOf } from '@windlass/ui/format';
import { offerUndo, showToast, withdrawUndo } from '@windlass/ui/toast';
import { sliceOf } from '../../kit/api.ts';
import { wordsOf } from '../../kit/error-words.ts';
import { newRequestKey } from '../../kit/request-key.ts';
import type { Batch, BatchDecision } from '../contract.ts';
import type { ApprovalsSlice } from '../server/router.ts';

const useApi = sliceOf<ApprovalsSlice>();

/** Undo and stop of a whole batch. */
export function useBatchActions() {
  const api = useApi();
  const onError = (error: unknown) => showToast({ message: wordsOf(error).sentence, tone: 'danger' });
  const undo = useMutation(
    api.approvals.undoBatch.mutationOptions({
      onError,
      onSuccess: ({ message }, { batchId }) => {
        withdrawUndo(batchId);
        showToast({ message, tone: 'success' });
      },
    }),
  );
  const stop = useMutation(
    api.approvals.stopBatch.mutationOptions({
      onError,
      onSuccess: ({ message }) => showToast({ message, tone: 'success' }),
    }),
  );
  return { undo, stop };
}

export type BulkTarget = { orderIds: string[] } | { allWaiting: { search?: string } };

export type Bulk = { busy: boolean; decide: (decision: BatchDecision, target: BulkTarget, notes?: string) => void };

/**
 * Decides many orders as one batch, with the toast that takes all of it back. `done` runs when the batch is made. Used
 * where it outlives the selection: the undo comes later.
 */
export function useBulk(done: () => void): Bulk {
  const api = useApi();
  const { undo } = useBatchActions();
  const made = (batch: Batch) => {
    done();
    const message = `${batch.decision === 'approve' ? 'Approving' : 'Rejecting'} ${formatCountOf(batch.total, 'order')}`;
    offerUndo({
      about: batch.id,
      message,
      undoUntil: batch.undoUntil,
      onUndo: () => undo.mutate({ batchId: batch.id }),
    });
  };
  const options = {
    onSuccess: made,
    onError: (error: unknown) => showToast({ message: wordsOf(error).sentence, tone: 'danger' }),
  };
  const approveMany = useMutation(api.approvals.approveMany.mutationOptions(options));
  const rejectMany = useMutation(api.approvals.rejectMany.mutationOptions(options));
  const busy = approveMany.isPending || rejectMany.isPending;
  return {
    busy,
    decide: (decision: BatchDecision, target: BulkTarget, notes?: string) => {
      if (!busy)
        (decision === 'approve' ? approveMany : rejectMany).mutate({
          ...target,
          ...(notes && { notes }),
          requestKey: newRequestKey(),
        });
    },
  };
}

/** How many wait altogether, exactly; asked for only once somebody begins to select. */
export function useWaitingCount(search: string, enabled: boolean): number | undefined {
  return useQuery(useApi().approvals.waitingCount.queryOptions({ ...(search && { search }) }, { enabled })).data?.count;
}
