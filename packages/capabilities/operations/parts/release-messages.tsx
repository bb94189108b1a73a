import { useMutation } from '@tanstack/react-query';
import { Button } from '@windlass/ui/button';
import { Dialog } from '@windlass/ui/dialog';
import { FailureNote } from '@windlass/ui/failure-note';
import { formatCountOf } from '@windlass/ui/format';
import { TextField } from '@windlass/ui/text-field';
import { showToast } from '@windlass/ui/toast';
import { useState } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { wordsOf } from '../../kit/error-words.ts';
import type { MessageHold } from '../contract.ts';
import type { OperationsSlice } from '../server/router.ts';

const useApi = sliceOf<OperationsSlice>();

/** What to look at after a backup was restored, the number the next order gets, and the word that lets messages go. */
export function ReleaseMessages({ hold, onClose }: { hold: MessageHold; onClose: () => void }) {
  const [number, setNumber] = useState(String(hold.nextNumber));
  const release = useMutation(
    useApi().operations.releaseMessages.mutationOptions({
      onSuccess: () => {
        showToast({ message: 'Released. What waited goes out now.', tone: 'success' });
        onClose();
      },
    }),
  );
  const words = release.error ? wordsOf(release.error) : undefined;
  const fault = words?.fields.nextNumber;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={hold.waiting === 0 ? 'Release messages?' : `Release ${formatCountOf(hold.waiting, 'message')}?`}
      description="The backup does not know what happened after it was made. Messages that were sent then would be sent a second time: cancel those among the deliveries first."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            loading={release.isPending}
            onClick={() => release.mutate({ nextNumber: /^\d+$/.test(number.trim()) ? Number(number) : Number.NaN })}
          >
            Release messages
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <TextField
          label="Number of the next order"
          hint="Higher than any that was given away after the backup, on mails or in a shop. The backup would go on with the one that stands here."
          inputMode="numeric"
          value={number}
          error={fault}
          onChange={(event) => setNumber(event.target.value)}
        />
        {words && !fault && <FailureNote sentence={words.sentence} />}
      </div>
    </Dialog>
  );
}
