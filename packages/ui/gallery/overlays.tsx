import { useState } from 'react';
import { Button } from '../src/button.tsx';
import { ConfirmTypingDialog } from '../src/confirm-typing-dialog.tsx';
import { Dialog } from '../src/dialog.tsx';
import { TextField } from '../src/text-field.tsx';
import { showToast, showUndoToast } from '../src/toast.tsx';
import { Section, States } from './section.tsx';

export function Overlays() {
  const [open, setOpen] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const approve = () => {
    showUndoToast({
      about: 'sample',
      message: 'Approved 12 orders',
      seconds: 10,
      onUndo: () => showToast({ message: 'Undone' }),
    });
  };
  return (
    <Section title="Overlays">
      <States>
        <Button onClick={() => setOpen(true)}>Dialog</Button>
        <Button variant="danger" onClick={() => setConfirming(true)}>
          Delete 41 files
        </Button>
        <Button onClick={approve}>Undo toast</Button>
        <Button onClick={() => showToast({ message: 'Link copied', tone: 'success' })}>Toast</Button>
      </States>
      <ConfirmTypingDialog
        open={confirming}
        onOpenChange={setConfirming}
        title="Delete 41 files?"
        body="The customer's originals go too. This cannot be undone."
        expected="41"
        actionLabel="Delete 41 files"
        onConfirm={() => setConfirming(false)}
      />
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Ask for changes"
        description="The customer gets your words by e-mail, with a link to upload a new file."
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button variant="primary">Send</Button>
          </>
        }
      >
        <TextField label="What should change?" />
      </Dialog>
    </Section>
  );
}
