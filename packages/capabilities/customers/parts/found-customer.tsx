import { useMutation } from '@tanstack/react-query';
import { Button } from '@windlass/ui/button';
import { ConfirmTypingDialog } from '@windlass/ui/confirm-typing-dialog';
import { formatCountOf } from '@windlass/ui/format';
import { showToast } from '@windlass/ui/toast';
import { useState } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { wordsOf } from '../../kit/error-words.ts';
import type { ExportedCustomer, FoundCustomer } from '../contract.ts';
import type { CustomersSlice } from '../server/router.ts';

const useApi = sliceOf<CustomersSlice>();

/** How much is held about one person, and the two things that can be done about it. */
export function FoundCustomerCard({ customer, onErasing }: { customer: FoundCustomer; onErasing: () => void }) {
  const api = useApi();
  const [confirming, setConfirming] = useState(false);
  const exporting = useMutation(
    api.customers.export.mutationOptions({
      onSuccess: saveFile,
      onError: (error) => showToast({ message: wordsOf(error).sentence, tone: 'danger' }),
    }),
  );
  const erase = useMutation(
    api.customers.erase.mutationOptions({
      onSuccess: () => {
        setConfirming(false);
        showToast({ message: 'The customer’s data is being erased.', tone: 'success' });
        onErasing();
      },
    }),
  );
  const { email, orders, messages, artworks } = customer;
  const held = `${formatCountOf(orders, 'order')}, ${formatCountOf(messages, 'message')}, ${formatCountOf(artworks, 'file')} of artwork`;
  return (
    <div role="status" className="flex flex-col gap-3 rounded-md border bg-surface p-4">
      <div>
        <p className="font-medium wrap-anywhere">{email}</p>
        <p className="text-sm text-muted">
          {orders + messages + artworks === 0
            ? 'No order, message or artwork. A refused order of theirs would be found, too.'
            : held}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" loading={exporting.isPending} onClick={() => exporting.mutate({ email })}>
          Export customer’s data
        </Button>
        <Button size="sm" variant="danger" onClick={() => setConfirming(true)}>
          Erase customer’s data
        </Button>
      </div>
      <ConfirmTypingDialog
        open={confirming}
        onOpenChange={(open) => {
          setConfirming(open);
          if (!open) erase.reset();
        }}
        title="Erase this customer’s data?"
        body="Name, address, notes, artwork and what their mails said are deleted everywhere. Mail that waits is cancelled, links close, orders that wait for a decision are cancelled. Numbers, amounts and dates stay. It cannot be undone."
        expected={email}
        actionLabel="Erase customer’s data"
        onConfirm={() => erase.mutate({ email, confirm: email })}
        busy={erase.isPending}
        {...(erase.error && { error: wordsOf(erase.error).sentence })}
      />
    </div>
  );
}

/** One JSON file, to hand over. */
function saveFile(exported: ExportedCustomer): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(exported, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `customer-${exported.exportedAt.slice(0, 10)}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
