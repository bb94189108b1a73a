import type { StatusLook } from '@windlass/ui/status-chip';
import type { DeliveryState } from '../contract.ts';

/** How each state of a delivery looks: the one map. */
export function deliveryLook(state: DeliveryState): StatusLook {
  switch (state) {
    case 'withheld':
      return { tone: 'neutral', icon: 'pause', label: 'Held for undo' };
    case 'queued':
      return { tone: 'info', icon: 'clock', label: 'Queued' };
    case 'sending':
      return { tone: 'info', icon: 'arrow', label: 'Sending', moving: true };
    case 'committing':
      return { tone: 'info', icon: 'arrow', label: 'Handing over', moving: true };
    case 'accepted':
      return { tone: 'success', icon: 'check', label: 'Accepted' };
    case 'sent':
      return { tone: 'success', icon: 'check', label: 'Sent' };
    case 'delivered':
      return { tone: 'success', icon: 'check-double', label: 'Delivered' };
    case 'read':
      return { tone: 'success', icon: 'check-double', label: 'Read' };
    case 'awaiting_retry':
      return { tone: 'warning', icon: 'clock', label: 'Trying again' };
    case 'bounced':
      return { tone: 'danger', icon: 'cross', label: 'Bounced' };
    case 'failed':
      return { tone: 'danger', icon: 'cross', label: 'Failed' };
    case 'aborted':
      return { tone: 'neutral', icon: 'ban', label: 'Aborted' };
    case 'uncertain':
      return { tone: 'warning', icon: 'question', label: 'Uncertain' };
  }
}

/** How far along it is, for its bar: 0..1, or null where it does not move. */
export function deliveryShare(state: DeliveryState): number | null {
  switch (state) {
    case 'withheld':
      return 0.05;
    case 'queued':
    case 'awaiting_retry':
      return 0.25;
    case 'sending':
      return 0.5;
    case 'committing':
      return 0.8;
    case 'accepted':
    case 'sent':
    case 'delivered':
    case 'read':
    case 'bounced':
    case 'failed':
    case 'aborted':
    case 'uncertain':
      return null;
  }
}

/** What the bar says. */
export function deliveryWords(state: DeliveryState, facts: { heldUntil: string | null; nextAttemptAt: string | null; now: Date }): string {
  const secondsTo = (iso: string | null) => Math.max(0, Math.floor((new Date(iso ?? facts.now).getTime() - facts.now.getTime()) / 1000));
  if (state === 'withheld') return `Goes out in ${secondsTo(facts.heldUntil)} s`;
  if (state === 'awaiting_retry' && secondsTo(facts.nextAttemptAt) > 0) return `Next try in ${secondsTo(facts.nextAttemptAt)} s`;
  if (state === 'queued' || state === 'awaiting_retry') return 'Waiting for its turn';
  if (state === 'sending') return 'Talking to the mail server';
  if (state === 'committing') return 'Handing over the message';
  return deliveryLook(state).label;
}
