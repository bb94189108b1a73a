import type { SignedInContext } from '../../kit/server-context.ts';
import { addressOf } from '../address.ts';
import type { FoundCustomer } from '../contract.ts';
import { findPerson } from '../find-person.ts';

/** How much is held about a person; none of it is told. */
export async function findCustomer(ctx: SignedInContext, email: string): Promise<FoundCustomer> {
  const address = addressOf(email);
  const { orderIds, deliveryIds, artworkIds } = await findPerson(ctx.services.database.sql, {
    shopId: ctx.person.shopId,
    address,
  });
  return { email: address, orders: orderIds.length, messages: deliveryIds.length, artworks: artworkIds.length };
}
