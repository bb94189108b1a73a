import type { Tx } from '@windlass/db/sql';
import { recordWithin } from '@windlass/live/record-within';
import { deliveryRedirected } from './events.ts';

const REDIRECT = `with redirected as (
    update delivery set recipient = $2, updated_at = now()
    where order_id = $1 and state in ('withheld', 'queued', 'awaiting_retry') and recipient <> $2
    returning id, shop_id, order_id),
  told as (
    ${recordWithin(deliveryRedirected, { from: 'redirected', subject: 'order_id', data: { deliveryId: 'id', by: '$3::text' } })})
  select id from redirected`;

/**
 * Messages of an order that wait for their first or next try go to this address instead. One that is being sent or has
 * failed takes the order's address when it is tried again (worker/begin-attempts.ts). The order's row is locked by the
 * caller, as the worker locks it before it takes a message up.
 */
export const redirectUnsent = async (
  tx: Tx,
  { orderId, address, by }: { orderId: string; address: string; by: string },
): Promise<number> => (await tx.rows('redirect-unsent-deliveries', REDIRECT, [orderId, address, by])).length;
