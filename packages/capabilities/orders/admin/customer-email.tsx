import { useMutation } from '@tanstack/react-query';
import { Button } from '@windlass/ui/button';
import { Copyable } from '@windlass/ui/copyable';
import { TextField } from '@windlass/ui/text-field';
import { useState } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { wordsOf } from '../../kit/error-words.ts';
import { useMayAct } from '../../kit/person.tsx';
import type { OrdersSlice } from '../server/router.ts';

const useApi = sliceOf<OrdersSlice>();

/** The customer's address, and a way to correct it in place: most mail that cannot be delivered has a typing error in it. */
export function CustomerEmail({ orderId, version, email }: { orderId: string; version: number; email: string }) {
  const [draft, setDraft] = useState<string>();
  // After the form, the keyboard goes on where it came from.
  const [wasOpen, setWasOpen] = useState(false);
  /** What was on screen when the form was opened: a correction of somebody else's is not written over. */
  const [seen, setSeen] = useState(version);
  const mayAct = useMayAct('operator');
  const correct = useMutation(useApi().orders.correctEmail.mutationOptions({ onSuccess: () => setDraft(undefined) }));
  if (draft === undefined) {
    return (
      <span className="flex min-w-0 flex-wrap items-center gap-x-2">
        <Copyable value={email} label="e-mail address" />
        {mayAct && <Button size="sm" variant="quiet" autoFocus={wasOpen} onClick={() => { setWasOpen(true); setDraft(email); setSeen(version); }}>Correct</Button>}
      </span>
    );
  }
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        correct.mutate({ id: orderId, email: draft, version: seen });
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        setDraft(undefined);
      }}
    >
      <TextField label="E-mail" labelHidden autoFocus value={draft} onChange={(event) => setDraft(event.target.value)} {...(correct.error && { error: wordsOf(correct.error).sentence })} />
      <span className="flex gap-2">
        <Button type="submit" size="sm" variant="primary" loading={correct.isPending}>Save</Button>
        <Button size="sm" onClick={() => setDraft(undefined)}>Cancel</Button>
      </span>
    </form>
  );
}
