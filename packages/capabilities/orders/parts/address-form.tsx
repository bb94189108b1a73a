import { useMutation } from '@tanstack/react-query';
import { Button } from '@windlass/ui/button';
import { TextField } from '@windlass/ui/text-field';
import { useState } from 'react';
import { useDeliveryActions } from '../../deliveries/parts/use-delivery-actions.tsx';
import { canRetry } from '../../deliveries/rules.ts';
import type { DeliveryState } from '../../deliveries/contract.ts';
import { sliceOf } from '../../kit/api.ts';
import { wordsOf } from '../../kit/error-words.ts';
import type { OrdersSlice } from '../server/router.ts';

const useApi = sliceOf<OrdersSlice>();

export type Unsent = { id: string; state: DeliveryState };

export type AddressFormProps = {
  orderId: string;
  version: number;
  email: string;
  /** A message of the order that did not get through or waits for its next try: a correction sends it at once. */
  unsent: Unsent | undefined;
  onClose: () => void;
};

/** The customer's address, to be corrected in place: most mail that cannot be delivered has a typing error in it. */
export function AddressForm({ orderId, version, email, unsent, onClose }: AddressFormProps) {
  const [draft, setDraft] = useState(email);
  /** What was on screen when the form was opened: a correction of somebody else's is not written over. */
  const [seen] = useState(version);
  const { retry, resend } = useDeliveryActions();
  const correct = useMutation(
    useApi().orders.correctEmail.mutationOptions({
      onSuccess: () => {
        onClose();
        if (unsent) (canRetry(unsent.state) ? retry : resend).mutate({ id: unsent.id });
      },
    }),
  );
  return (
    <form
      className="flex w-80 max-w-full flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        correct.mutate({ id: orderId, email: draft, version: seen });
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <TextField
        label="E-mail"
        labelHidden
        autoFocus
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        {...(correct.error && { error: wordsOf(correct.error).sentence })}
      />
      <span className="flex gap-2">
        <Button type="submit" size="sm" variant="primary" loading={correct.isPending}>
          {unsent ? 'Correct address and resend' : 'Correct address'}
        </Button>
        <Button size="sm" onClick={onClose}>
          Cancel
        </Button>
      </span>
    </form>
  );
}
