import { Button } from '@windlass/ui/button';
import { Dialog } from '@windlass/ui/dialog';
import { TextArea } from '@windlass/ui/text-area';
import { useState } from 'react';

/**
 * What should be changed, in words for the customer's page and the order's record. What was typed stays when it is
 * closed.
 */
export function AskChanges({
  open,
  onOpenChange,
  name,
  onAsk,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  name: string;
  onAsk: (note: string) => void;
}) {
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const ask = () => {
    setTried(true);
    if (note.trim() === '') return;
    onAsk(note.trim());
    onOpenChange(false);
    setNote('');
    setTried(false);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Ask for changes"
      description={name}
      footer={
        <>
          <Button variant="quiet" onClick={() => onOpenChange(false)}>
            Back
          </Button>
          <Button variant="primary" onClick={ask}>
            Ask for changes
          </Button>
        </>
      }
    >
      <TextArea
        label="What should be changed"
        value={note}
        rows={4}
        maxLength={2000}
        onChange={(event) => setNote(event.target.value)}
        {...(tried && note.trim() === '' && { error: 'Say what should be changed.' })}
      />
    </Dialog>
  );
}
