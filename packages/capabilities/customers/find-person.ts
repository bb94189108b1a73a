import type { Sql } from '@windlass/db/sql';
import { findCustomerArtwork } from '../artwork/operations.ts';
import { findCustomerDeliveries } from '../deliveries/operations.ts';
import type { ForgottenPerson } from '../kit/scrub.ts';
import { findCustomerOrders } from '../orders/operations.ts';

export type FoundPerson = ForgottenPerson & { deliveryIds: string[]; artworkIds: string[]; uploadIds: string[] };

/** Everything in a shop that is a person's, and every text that would name them. */
export async function findPerson(
  sql: Sql,
  { shopId, address }: { shopId: string; address: string },
): Promise<FoundPerson> {
  const orders = await findCustomerOrders(sql, shopId, address);
  const orderIds = orders.map(({ id }) => id);
  // One after the other: a transaction has one connection.
  const deliveries = await findCustomerDeliveries(sql, { shopId, orderIds, address });
  const artwork = await findCustomerArtwork(sql, orderIds);
  const sentTo = deliveries.filter(({ own }) => own).flatMap(({ name, recipient }) => [name, recipient]);
  const words = orders.flatMap(({ name, email, note, adminNotes }) => [name, email, note ?? '', adminNotes ?? '']);
  return {
    shopId,
    address,
    orderIds,
    texts: [...new Set([address, ...words, ...sentTo, ...artwork.texts].filter(Boolean))],
    deliveryIds: deliveries.map(({ id }) => id),
    artworkIds: artwork.artworkIds,
    uploadIds: artwork.uploadIds,
  };
}
