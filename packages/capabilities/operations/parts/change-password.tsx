import { useMutation } from '@tanstack/react-query';
import { Button } from '@windlass/ui/button';
import { Dialog } from '@windlass/ui/dialog';
import { PasswordField } from '@windlass/ui/password-field';
import { showToast } from '@windlass/ui/toast';
import { useState } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { wordsOf } from '../../kit/error-words.ts';
import type { OperationsSlice } from '../server/router.ts';

const useApi = sliceOf<OperationsSlice>();

/** Whoever is signed in changes their own password. */
export function ChangePassword({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Change your password"
      description="Wherever else you are signed in, you are signed out."
    >
      <Form done={() => onOpenChange(false)} />
    </Dialog>
  );
}

/** Inside the dialog, so that each opening starts empty. */
function Form({ done }: { done: () => void }) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useMutation(
    useApi().operations.changePassword.mutationOptions({
      onSuccess: () => {
        showToast({ message: 'Password changed. Your other sessions have ended.', tone: 'success' });
        done();
      },
    }),
  );
  const words = change.error ? wordsOf(change.error) : undefined;
  const fault = (field: string) => (words?.fields[field] ? { error: words.fields[field] } : {});
  return (
    <form
      className="flex flex-col gap-4 pb-5"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate({ current, next });
      }}
    >
      <PasswordField
        label="Present password"
        autoComplete="current-password"
        value={current}
        onChange={(event) => setCurrent(event.target.value)}
        {...fault('current')}
      />
      <PasswordField
        label="New password"
        autoComplete="new-password"
        hint="At least 10 characters, and hard to guess: three or four words that do not belong together."
        value={next}
        onChange={(event) => setNext(event.target.value)}
        {...fault('next')}
      />
      {words && Object.keys(words.fields).length === 0 && (
        <p role="alert" className="text-danger-text">
          {words.sentence}
        </p>
      )}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" loading={change.isPending}>
          Change the password
        </Button>
      </div>
    </form>
  );
}
