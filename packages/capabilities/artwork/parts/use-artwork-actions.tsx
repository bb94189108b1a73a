import { useMutation } from '@tanstack/react-query';
import { showToast, showUndoToast } from '@windlass/ui/toast';
import { sliceOf } from '../../kit/api.ts';
import { wordsOf } from '../../kit/error-words.ts';
import { useJobActions } from '../../operations/parts/use-job-actions.tsx';
import { REMOVE_UNDO_SECONDS } from '../contract.ts';
import type { ArtworkSlice } from '../server/router.ts';

const useApi = sliceOf<ArtworkSlice>();

/** Approve, ask for changes, send a proof, remove and put back, with their words. */
export function useArtworkActions() {
  const api = useApi();
  const onError = (error: unknown) => showToast({ message: wordsOf(error).sentence, tone: 'danger' });
  const onSuccess = ({ message }: { message: string }) => showToast({ message, tone: 'success' });
  const decide = useMutation(api.artwork.decide.mutationOptions({ onError, onSuccess }));
  const sendProof = useMutation(api.artwork.sendProof.mutationOptions({ onError, onSuccess }));
  const restore = useMutation(api.artwork.restore.mutationOptions({ onError, onSuccess }));
  const remove = useMutation(
    api.artwork.remove.mutationOptions({
      onError,
      onSuccess: ({ message }, { id }) =>
        showUndoToast({ about: id, message, seconds: REMOVE_UNDO_SECONDS, onUndo: () => restore.mutate({ id }) }),
    }),
  );
  const { retry } = useJobActions();
  return { decide, sendProof, remove, restore, retry };
}
export type ArtworkActions = ReturnType<typeof useArtworkActions>;
