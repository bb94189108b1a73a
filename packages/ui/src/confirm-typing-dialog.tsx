import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { TextField } from './text-field.tsx';

export type ConfirmTypingDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What will be gone, in one sentence. */
  body: ReactNode;
  /** What to type: the count of things it touches ("41"), or what tells the one thing apart. */
  expected: string;
  actionLabel: string;
  onConfirm: () => void;
  busy?: boolean;
  /** Why it did not work the last time. */
  error?: string;
};

/** For what cannot be undone, and only that: one types the count. Everything else is done at once, with an undo. */
export function ConfirmTypingDialog(props: ConfirmTypingDialogProps) {
  return (
    <Dialog open={props.open} onOpenChange={props.onOpenChange} title={props.title} description={props.body}>
      <ConfirmForm {...props} />
    </Dialog>
  );
}

/** Inside the dialog, so that each opening starts with an empty field. */
function ConfirmForm({ onOpenChange, expected, actionLabel, onConfirm, busy, error }: ConfirmTypingDialogProps) {
  const [typed, setTyped] = useState('');
  const right = typed.trim().replaceAll(',', '') === expected.replaceAll(',', '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (right && !busy) onConfirm();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <TextField
        label={`Type ${expected} to confirm`}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        error={error}
        inputMode={/^\d+$/.test(expected) ? 'numeric' : 'text'}
        autoComplete="off"
        className="tabular-nums"
      />
      <div className="flex justify-end gap-2 max-sm:*:flex-1">
        <Button onClick={() => onOpenChange(false)}>Cancel</Button>
        <Button type="submit" variant="danger" disabled={!right} loading={busy}>
          {actionLabel}
        </Button>
      </div>
    </form>
  );
}
