import type { PortalArtwork } from '../portal-contract.ts';
import type { StatusBadge } from '@windlass/ui/status-chip';
import { waitsForAnswer } from './waits-for-answer.ts';

/** How a file stands, in the customer's words: they know nothing of proofs that wait to be sent. */
export function artworkBadge(artwork: PortalArtwork): StatusBadge {
  if (artwork.file.state === 'failed') return { tone: 'danger', icon: 'cross', label: 'Cannot be used' };
  switch (artwork.state) {
    case 'awaiting':
      return { tone: 'neutral', icon: 'check', label: 'Received' };
    case 'sent':
      return waitsForAnswer(artwork)
        ? { tone: 'info', icon: 'arrow', label: 'Your answer is needed' }
        : { tone: 'info', icon: 'clock', label: 'Proof is being made', moving: true };
    case 'changes_requested':
      return { tone: 'warning', icon: 'alert', label: 'To be changed' };
    case 'approved':
      return { tone: 'success', icon: 'check', label: 'Approved' };
  }
}
