import { Button } from '@windlass/ui/button';
import { formatAbsolute, formatCountOf } from '@windlass/ui/format';
import { StatusIcon } from '@windlass/ui/status-icon';
import { tonePanel, toneText } from '@windlass/ui/tone';
import { Suspense, useState } from 'react';
import { lazyPart } from '../../kit/lazy-part.ts';
import { useMayAct } from '../../kit/person.tsx';
import type { MessageHold } from '../contract.ts';

const ReleaseMessages = lazyPart(() => import('./release-messages.tsx').then((file) => file.ReleaseMessages));

/** The house runs on a restored backup: why nothing leaves it, and for an admin the button that lets it go. */
export function HoldLine({ hold }: { hold: MessageHold }) {
  const mayRelease = useMayAct('admin');
  const [open, setOpen] = useState(false);
  const waiting =
    hold.waiting === 0
      ? 'No message waits.'
      : `${formatCountOf(hold.waiting, 'message')} ${hold.waiting === 1 ? 'waits' : 'wait'}.`;
  return (
    <div
      className={`flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-md border px-3 py-2 text-sm ${tonePanel.warning}`}
    >
      <p className="flex min-w-0 grow basis-72 gap-2.5">
        <StatusIcon name="pause" size={14} className={`mt-0.75 shrink-0 ${toneText.warning}`} />
        <span>
          <span className={`font-medium ${toneText.warning}`} title={`Since ${formatAbsolute(new Date(hold.since))}`}>
            This house runs on a restored backup, so nothing leaves it.
          </span>{' '}
          {waiting}{' '}
          {mayRelease
            ? 'What was sent after the backup was made is not known here: look first, then release.'
            : 'An admin releases them.'}
        </span>
      </p>
      {mayRelease && (
        <Button size="sm" onClick={() => setOpen(true)}>
          Release messages…
        </Button>
      )}
      {open && (
        <Suspense>
          <ReleaseMessages hold={hold} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}
