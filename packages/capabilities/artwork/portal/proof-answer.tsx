import type { PortalArtwork } from '../portal-contract.ts';
import { cx } from '@windlass/ui/cx';
import { StatusIcon } from '@windlass/ui/status-icon';
import { tonePanel, toneText } from '@windlass/ui/tone';

/** What the customer has said, kept in the place of the question. */
export function ProofAnswer({ artwork: { state, note } }: { artwork: PortalArtwork }) {
  const approved = state === 'approved';
  const tone = approved ? 'success' : 'warning';
  return (
    <div role="status" className={cx('flex gap-2.5 rounded-md border px-3 py-2.5', tonePanel[tone])}>
      <StatusIcon name={approved ? 'check' : 'alert'} size={14} className={cx('mt-0.75 shrink-0', toneText[tone])} />
      <div className="flex min-w-0 flex-col gap-0.5">
        <p className={cx('font-medium', toneText[tone])}>
          {approved ? 'Approved for printing.' : 'You asked for changes.'}
        </p>
        {!approved && note && <p className="wrap-anywhere whitespace-pre-line">{note}</p>}
        <p className="text-pretty text-muted">
          {approved
            ? 'Thank you. There is nothing left to do for this one.'
            : 'The shop writes to you with a new proof. You can also send a new version below.'}
        </p>
      </div>
    </div>
  );
}
