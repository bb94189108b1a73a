import { defineEvent, type EventDefinition } from '@windlass/live/define-event';
import { type DeliveryState, deliveryStates } from './contract.ts';

export type DeliveryMoved = {
  deliveryId: string;
  /** A person's name. */
  by?: string | null;
  attempt?: number;
  /** The state before an attempt. */
  was?: DeliveryState;
  code?: string;
  sentence?: string;
  hint?: string;
  /** Until when it can be taken back, ISO 8601. */
  heldUntil?: string | null;
  nextAttemptAt?: string;
  /** It is a second message, which a person asked for. */
  resend?: boolean;
  /** The same message once more, or called sent: a person decided what nobody knew. */
  again?: true;
  byHand?: true;
  /** Writing it; the conversation with the mail server; from the click to its answer. */
  composeMs?: number;
  sendMs?: number;
  totalMs?: number;
};

/** Of the order that a delivery serves, or of itself where it serves none: it has reached this state. */
export const deliveryMoved = Object.fromEntries(
  deliveryStates.map((state) => [state, defineEvent<DeliveryMoved>('deliveries', `delivery.${state}`)]),
) as Record<DeliveryState, EventDefinition<DeliveryMoved>>;

// Without a dot: on a timeline they are no state of the delivery.
export const deliveryAcknowledged = defineEvent<{ deliveryId: string; by: string }>(
  'deliveries',
  'delivery-acknowledged',
);
export const deliveryRedirected = defineEvent<{ deliveryId: string; by: string }>('deliveries', 'delivery-redirected');

// Of a shop, whose messages wait after a backup was restored. Operations shows it.
export const messagesHeld = defineEvent('operations', 'messages.held');
export const messagesReleased = defineEvent<{ by: string }>('operations', 'messages.released');
