import { defineEvent } from '@windlass/live/define-event';
import type { OrderStatus, PaymentStatus } from './contract.ts';

type By = { /** A person's name. */ by: string };
/** What its shop has changed, and where the order stood then. */
export type ShopChange = {
  status: OrderStatus;
  payment?: PaymentStatus | null;
  cancelled?: boolean;
  draft?: boolean;
  test?: boolean;
  /** Names the new lines, so that the same are told once. */
  lines?: string;
  /** Why its lines could not be read. */
  unread?: string;
};

// Of an order.
/** `remarks`: what was read otherwise than it was written. `importId`: of the file it came in. */
export const orderPlaced = defineEvent<{
  number: number;
  source: string;
  remarks?: readonly string[];
  importId?: string;
}>('orders', 'order.placed');
/** `redirected`: how many mails on their way go to the new address. */
export const emailCorrected = defineEvent<By & { redirected: number }>('orders', 'order.email-corrected');
export const changedByShop = defineEvent<ShopChange>('orders', 'order.changed-by-shop');
export const testSentAgain = defineEvent('orders', 'order.test-again');
export const customerErased = defineEvent('orders', 'order.customer-erased');

// Of an import.
export const importStarted = defineEvent<By>('orders', 'orders.import-started');
/** Its orders, each told as placed in the topic `orders.bulk`, are one piece of news here. */
export const ordersImported = defineEvent<{ by: string | null; orders: number }>('orders', 'orders.imported');

// Of an order source.
export const sourceRefusedOrder = defineEvent<{ /** The refusal's code. */ reason: string }>(
  'orders',
  'source.order-refused',
);
export const refusedOrderSettled = defineEvent('orders', 'source.order-settled');
export const sourceRemoved = defineEvent('orders', 'source.removed');
