import { formatAbsolute, formatRelative } from '@windlass/ui/format';
import type { StatusBadge } from '@windlass/ui/status-chip';
import type { DeliveryState } from '../contract.ts';
import { canAcknowledge, isLate } from '../rules.ts';

export type DeliveryNow = {
  /** See rules.ts. */
  late?: boolean;
  /** Of a withheld one: whole seconds until it leaves. */
  sendsIn?: number;
  /** Of a failed one: a person leaves it so. */
  acknowledged?: boolean;
};

/** What screen readers are told of a countdown: the same words each second. */
const SENDS_SOON = 'Sends when the time to undo is over';

/** How each state of a delivery looks: the one map. */
export function deliveryBadge(
  state: DeliveryState,
  { late = false, sendsIn, acknowledged = false }: DeliveryNow = {},
): StatusBadge {
  if (acknowledged && canAcknowledge(state)) return { tone: 'neutral', icon: 'check', label: 'Acknowledged' };
  switch (state) {
    case 'withheld':
      return {
        tone: 'neutral',
        icon: 'pause',
        ...(sendsIn === undefined ? { label: 'Sends soon' } : { label: `Sends in ${sendsIn} s`, spoken: SENDS_SOON }),
      };
    case 'queued':
      return { tone: 'info', icon: 'clock', label: 'Queued' };
    case 'sending':
    case 'committing':
      return { tone: 'info', icon: 'arrow', label: 'Sending', moving: true };
    case 'accepted':
    case 'sent':
      return { tone: 'success', icon: 'check', label: 'Sent' };
    case 'delivered':
      return { tone: 'success', icon: 'check-double', label: 'Delivered' };
    case 'read':
      return { tone: 'success', icon: 'check-double', label: 'Read' };
    case 'awaiting_retry':
      return { tone: 'warning', icon: 'clock', label: late ? 'Late' : 'Trying again' };
    case 'bounced':
      return { tone: 'danger', icon: 'cross', label: 'Bounced' };
    case 'failed':
      return { tone: 'danger', icon: 'cross', label: 'Failed' };
    case 'aborted':
      return { tone: 'neutral', icon: 'ban', label: 'Cancelled' };
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

type WordedFacts = {
  heldUntil: string | null;
  nextAttemptAt: string | null;
  givesUpAt: string | null;
  attempts: number;
  errorSentence: string | null;
};

/** "Late: The recipient's mailbox is full. Next try in 19 min, and so on until 30 Nov 2026, 14:05." */
function lateWords({ nextAttemptAt, givesUpAt, errorSentence, now }: WordedFacts & { now: Date }): string {
  const next =
    nextAttemptAt !== null && new Date(nextAttemptAt) > now
      ? formatRelative(new Date(nextAttemptAt), now.getTime())
      : 'when its turn comes';
  return `Late: ${errorSentence ?? 'It was put off.'} Next try ${next}, and so on until ${givesUpAt ? formatAbsolute(new Date(givesUpAt)) : 'the mail server can be used again'}.`;
}

/** Whole seconds until a withheld message leaves, never 0: then it is queued. */
export const secondsHeld = (heldUntil: string | null, now: Date): number =>
  Math.max(1, Math.floor((new Date(heldUntil ?? now).getTime() - now.getTime()) / 1000));

/** What the bar says, and what screen readers are told where that changes each second. */
export function deliveryWords(
  state: DeliveryState,
  facts: WordedFacts & { now: Date; sendsIn?: number },
): { words: string; spoken?: string } {
  if (state === 'withheld')
    return { words: `Sends in ${facts.sendsIn ?? secondsHeld(facts.heldUntil, facts.now)} s`, spoken: SENDS_SOON };
  return { words: stepWords(state, facts) };
}

function stepWords(state: DeliveryState, facts: WordedFacts & { now: Date }): string {
  const secondsTo = (iso: string | null) =>
    Math.max(0, Math.floor((new Date(iso ?? facts.now).getTime() - facts.now.getTime()) / 1000));
  if (isLate({ state, attempts: facts.attempts })) return lateWords(facts);
  if (state === 'awaiting_retry' && secondsTo(facts.nextAttemptAt) > 0)
    return `Next try in ${secondsTo(facts.nextAttemptAt)} s`;
  if (state === 'queued' || state === 'awaiting_retry') return 'Queued';
  if (state === 'sending') return 'Talking to the mail server';
  if (state === 'committing') return 'Sending the message';
  return deliveryBadge(state).label;
}
