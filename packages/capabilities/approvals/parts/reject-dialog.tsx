import { Button } from '@windlass/ui/button';
import { Dialog } from '@windlass/ui/dialog';
import { TextArea } from '@windlass/ui/text-area';
import { useState } from 'react';

export type RejectDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** "order #1041", "12 orders". */
  what: string;
  /** The reason, if any was given. */
  onReject: (notes: string | undefined) => void;
};

/**
 * Asks why, before anything is rejected; the reason may be left out. Enter rejects, so that `r`, Enter does it without
 * the mouse.
 */
export function RejectDialog({ open, onOpenChange, what, onReject }: RejectDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Reject ${what}?`}
      description="Nothing is sent. It can be undone, and reopened later."
    >
      <Form
        what={what}
        onBack={() => onOpenChange(false)}
        onReject={(notes) => {
          onOpenChange(false);
          onReject(notes);
        }}
      />
    </Dialog>
  );
}

/** Inside the dialog, so that each opening starts empty. */
function Form({
  what,
  onBack,
  onReject,
}: {
  what: string;
  onBack: () => void;
  onReject: (notes: string | undefined) => void;
}) {
  const [reason, setReason] = useState('');
  const reject = () => onReject(reason.trim() || undefined);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        reject();
      }}
    >
      <TextArea
        label="Reason"
        optional
        hint="For whoever looks at it later; the customer is not told. Enter rejects, Shift and Enter begin a new line."
        autoFocus
        value={reason}
        maxLength={2000}
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          reject();
        }}
      />
      <span className="flex justify-end gap-2 max-sm:*:flex-1">
        <Button variant="quiet" onClick={onBack}>
          Back
        </Button>
        <Button type="submit" variant="primary">{`Reject ${what}`}</Button>
      </span>
    </form>
  );
}
