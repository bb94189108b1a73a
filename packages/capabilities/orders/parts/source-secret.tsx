import { useMutation } from '@tanstack/react-query';
import { Button } from '@windlass/ui/button';
import { PasswordField } from '@windlass/ui/password-field';
import { showToast } from '@windlass/ui/toast';
import { useState } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { wordsOf } from '../../kit/error-words.ts';
import type { OrdersSlice } from '../server/router.ts';

const useApi = sliceOf<OrdersSlice>();

/** Enters a source's secret anew. */
export function SourceSecret({ id, done }: { id: string; done: () => void }) {
  const [secret, setSecret] = useState('');
  const change = useMutation(
    useApi().orders.setSourceSecret.mutationOptions({
      onSuccess: () => {
        showToast({ message: 'Secret changed. Messages signed with the old one are refused.', tone: 'success' });
        done();
      },
    }),
  );
  const words = change.error ? wordsOf(change.error) : undefined;
  return (
    <form
      className="flex flex-col gap-4 pb-5"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate({ id, secret });
      }}
    >
      <PasswordField
        label="Secret"
        hint="As the shop system shows it."
        autoComplete="off"
        value={secret}
        onChange={(event) => setSecret(event.target.value)}
        {...(words && { error: words.fields.secret ?? words.sentence })}
      />
      <div className="flex justify-end">
        <Button type="submit" variant="primary" loading={change.isPending}>
          Save the secret
        </Button>
      </div>
    </form>
  );
}
