import type { MessageFate } from '../kit/message-settler.ts';
import { type DeliveryState, deliveryStates, FIRST_WAITS_MS } from './contract.ts';

/** Still on its way, by itself. */
export function isMoving(state: DeliveryState): boolean {
  switch (state) {
    case 'withheld':
    case 'queued':
    case 'sending':
    case 'committing':
    case 'awaiting_retry':
      return true;
    case 'accepted':
    case 'sent':
    case 'delivered':
    case 'read':
    case 'bounced':
    case 'failed':
    case 'aborted':
    case 'uncertain':
      return false;
  }
}

/** What it is for what it serves; undefined: it goes on by itself, as it has been. */
export function fateOf(state: DeliveryState): MessageFate | undefined {
  switch (state) {
    case 'sending':
    case 'queued':
      return 'moving';
    case 'accepted':
    case 'sent':
    case 'delivered':
    case 'read':
      return 'delivered';
    case 'bounced':
    case 'failed':
    case 'uncertain':
      return 'failed';
    case 'aborted':
      return 'stopped';
    case 'withheld':
    case 'committing':
    case 'awaiting_retry':
      return undefined;
  }
}

/** The mail server has taken it, or more. */
export const hasArrived = (state: DeliveryState): boolean => ['accepted', 'sent', 'delivered', 'read'].includes(state);

/** Its first waits are over, and it is still tried by itself. */
export const isLate = ({ state, attempts }: { state: DeliveryState; attempts: number }): boolean =>
  state === 'awaiting_retry' && attempts > FIRST_WAITS_MS.length;

/** A person has to look. */
export const isProblem = (state: DeliveryState): boolean => ['bounced', 'failed', 'uncertain'].includes(state);

/** It failed for good, so a person may leave it so: then it is no problem any more. */
export const canAcknowledge = (state: DeliveryState): boolean => state === 'bounced' || state === 'failed';

/** A person has to look, and none has said that it stays so. */
export const isOpenProblem = ({ state, acknowledged }: { state: DeliveryState; acknowledged: boolean }): boolean =>
  isProblem(state) && !(acknowledged && canAcknowledge(state));

/** Codes of packages/messaging. */
export const OF_THE_ADDRESS: readonly string[] = ['SMTP_MAILBOX_UNKNOWN', 'SMTP_MAILBOX_DISABLED', 'SMTP_MAILBOX_FULL'];

/** The address is what is wrong: trying the same one again would help only by luck. */
export const mendsByAddress = ({ state, errorCode }: { state: DeliveryState; errorCode: string | null }): boolean =>
  state === 'bounced' || (errorCode !== null && OF_THE_ADDRESS.includes(errorCode));

/** Nothing has left the house yet: the only time it can still be taken back. */
export const canAbort = (state: DeliveryState): boolean => ['withheld', 'queued', 'awaiting_retry'].includes(state);

/** A person may have it tried now, to the address its order has now: it failed, or waits for its next try. */
export const canRetry = (state: DeliveryState): boolean => state === 'failed' || state === 'awaiting_retry';

/** Nobody knows whether it left: a person says so, or sends it again. */
export const canResolve = (state: DeliveryState): boolean => state === 'uncertain';

/** A new delivery may be made of it: never while the first is still on its way. */
export const canResend = (state: DeliveryState): boolean => !isMoving(state);

/** What people see: a withheld delivery whose time has passed waits in the queue like any other. */
export const visibleState = (state: DeliveryState, heldUntil: string | null, now: Date): DeliveryState =>
  state === 'withheld' && heldUntil !== null && new Date(heldUntil) <= now ? 'queued' : state;

export const deliveryTabs = ['all', 'moving', 'accepted', 'problems'] as const;
export type DeliveryTab = (typeof deliveryTabs)[number];

/** The states a tab shows; null: all. */
export function statesOf(tab: DeliveryTab): DeliveryState[] | null {
  switch (tab) {
    case 'all':
      return null;
    case 'moving':
      return deliveryStates.filter(isMoving);
    case 'accepted':
      return deliveryStates.filter(hasArrived);
    case 'problems':
      return deliveryStates.filter(isProblem);
  }
}
