import { useMutation } from '@tanstack/react-query';
import { Button } from '@windlass/ui/button';
import { Dialog } from '@windlass/ui/dialog';
import { IconButton } from '@windlass/ui/icon-button';
import { Menu, type MenuEntry } from '@windlass/ui/menu';
import { showToast } from '@windlass/ui/toast';
import { Ban, Ellipsis, KeyRound, Mail, Trash2, UserCheck } from 'lucide-react';
import { useState } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { wordsOf } from '../../kit/error-words.ts';
import type { PersonRow } from '../contract.ts';
import type { OperationsSlice } from '../server/router.ts';

const useApi = sliceOf<OperationsSlice>();
const icon = { 'aria-hidden': true, size: 14 };

/** What may be done with somebody, behind one button. `changed` runs after each. */
export function PersonActions({ person, changed }: { person: PersonRow; changed: () => void }) {
  const api = useApi().operations;
  const [asking, setAsking] = useState<keyof typeof questions>();
  const onError = (error: unknown) => showToast({ message: wordsOf(error).sentence, tone: 'danger' });
  const done = (message: string) => ({
    onError,
    onSettled: changed,
    onSuccess: () => {
      setAsking(undefined);
      showToast({ message, tone: 'success' });
    },
  });
  const resend = useMutation(
    api.resendInvitation.mutationOptions(
      done(`A new invitation to ${person.email} is on its way. The one before opens nothing any more.`),
    ),
  );
  const reset = useMutation(
    api.sendReset.mutationOptions(done(`A mail to choose a new password is on its way to ${person.email}.`)),
  );
  const enable = useMutation(api.enablePerson.mutationOptions(done(`${person.name} may sign in again.`)));
  const disable = useMutation(
    api.disablePerson.mutationOptions(done(`${person.name} is signed out everywhere and may not sign in.`)),
  );
  const remove = useMutation(api.removePerson.mutationOptions(done(`${person.name} is removed.`)));
  const input = { id: person.id };

  const ways: Record<PersonRow['status'], MenuEntry[]> = {
    invited: [{ label: 'Send the invitation again', icon: <Mail {...icon} />, run: () => resend.mutate(input) }],
    active: [
      { label: 'Send a password reset', icon: <KeyRound {...icon} />, run: () => reset.mutate(input) },
      { label: 'Disable…', icon: <Ban {...icon} />, run: () => setAsking('disable') },
    ],
    disabled: [{ label: 'Enable', icon: <UserCheck {...icon} />, run: () => enable.mutate(input) }],
  };
  const question = questions[asking ?? 'disable'];
  const answer = asking === 'disable' ? disable : remove;
  const away: MenuEntry =
    person.status === 'invited'
      ? { label: 'Withdraw invitation…', icon: <Trash2 {...icon} />, danger: true, run: () => setAsking('uninvite') }
      : { label: 'Remove…', icon: <Trash2 {...icon} />, danger: true, run: () => setAsking('remove') };
  return (
    <>
      <Menu
        trigger={
          <IconButton label={`Actions for ${person.name}`} side="left" icon={<Ellipsis aria-hidden size={16} />} />
        }
        groups={[ways[person.status], [away]]}
      />
      <Dialog
        open={asking !== undefined}
        onOpenChange={() => setAsking(undefined)}
        title={question.title(person.name)}
        description={question.body}
        footer={
          <>
            <Button onClick={() => setAsking(undefined)}>Cancel</Button>
            <Button variant="danger" loading={answer.isPending} onClick={() => answer.mutate(input)}>
              {question.action}
            </Button>
          </>
        }
      />
    </>
  );
}

const questions = {
  disable: {
    title: (name: string) => `Disable ${name}?`,
    body: 'Their sessions end now and they may not sign in until somebody enables them. API keys they made belong to the shop and go on.',
    action: 'Disable account',
  },
  uninvite: {
    title: (name: string) => `Withdraw the invitation to ${name}?`,
    body: 'The link they were mailed opens nothing from now on. They are not told.',
    action: 'Withdraw invitation',
  },
  remove: {
    title: (name: string) => `Remove ${name}?`,
    body: 'Their sessions end now and their password is gone; to come back they are invited anew. What they did keeps their name. API keys they made belong to the shop and go on.',
    action: 'Remove person',
  },
};
