import { useMutation } from '@tanstack/react-query';
import type { Role } from '@windlass/auth/roles';
import { Button } from '@windlass/ui/button';
import { Dialog } from '@windlass/ui/dialog';
import { Select } from '@windlass/ui/select';
import { TextField } from '@windlass/ui/text-field';
import { showToast } from '@windlass/ui/toast';
import { useState } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { type ErrorWords, wordsOf } from '../../kit/error-words.ts';
import type { OperationsSlice } from '../server/router.ts';
import { roleOptions } from './person-badge.ts';

const useApi = sliceOf<OperationsSlice>();
const NO_ERROR: Pick<ErrorWords, 'fields' | 'sentence'> = { fields: {}, sentence: '' };

/** Somebody new gets a mail and chooses their own password. */
export function InvitePerson({
  open,
  onOpenChange,
  invited,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  invited: () => void;
}) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Invite a person"
      description="They get a mail with a link, good for an hour, and choose their own password."
    >
      <Form
        done={() => {
          onOpenChange(false);
          invited();
        }}
      />
    </Dialog>
  );
}

/** Inside the dialog, so that each opening starts empty. */
function Form({ done }: { done: () => void }) {
  const [draft, setDraft] = useState<{ name: string; email: string; role: Role }>({
    name: '',
    email: '',
    role: 'operator',
  });
  const invite = useMutation(
    useApi().operations.invitePerson.mutationOptions({
      onSuccess: () => {
        showToast({ message: `The invitation to ${draft.email.trim()} is on its way.`, tone: 'success' });
        done();
      },
    }),
  );
  const { fields, sentence } = invite.error ? wordsOf(invite.error) : NO_ERROR;
  const field = (name: 'name' | 'email') => ({
    value: draft[name],
    onChange: (event: { target: { value: string } }) => setDraft({ ...draft, [name]: event.target.value }),
    ...(fields[name] && { error: fields[name] }),
  });
  return (
    <form
      className="flex flex-col gap-4 pb-5"
      onSubmit={(event) => {
        event.preventDefault();
        invite.mutate(draft);
      }}
    >
      <TextField label="Name" autoComplete="off" {...field('name')} />
      <TextField label="E-mail" type="email" autoComplete="off" {...field('email')} />
      <Select label="Role" value={draft.role} options={roleOptions} onChange={(role) => setDraft({ ...draft, role })} />
      {sentence && (
        <p role="alert" className="text-danger-text">
          {sentence}
        </p>
      )}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" loading={invite.isPending}>
          Send the invitation
        </Button>
      </div>
    </form>
  );
}
