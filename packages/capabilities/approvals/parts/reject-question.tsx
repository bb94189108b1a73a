import { useState } from 'react';
import { RejectDialog } from './reject-dialog.tsx';
import type { Decisions } from './use-decisions.tsx';

/** The question why, for the order that `askReject` was called with. */
export function RejectQuestion({ decisions: { asked, askReject, reject } }: { decisions: Decisions }) {
  // While the dialog goes away it still says of which order it was.
  const [latest, setLatest] = useState(asked);
  if (asked && asked !== latest) setLatest(asked);
  const what = latest ? `order #${latest.number}` : 'the order';
  return (
    <RejectDialog
      open={asked !== undefined}
      onOpenChange={(open) => !open && askReject(undefined)}
      what={what}
      onReject={(notes) =>
        latest && reject.mutate({ orderId: latest.orderId, version: latest.version, ...(notes && { notes }) })
      }
    />
  );
}
