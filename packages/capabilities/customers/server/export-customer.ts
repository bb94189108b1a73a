import { collectLinks } from '../../approvals/operations.ts';
import { collectArtwork } from '../../artwork/operations.ts';
import { collectDeliveries } from '../../deliveries/operations.ts';
import { auditPerson } from '../../kit/record-audit.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { collectIntake, collectOrders } from '../../orders/operations.ts';
import { addressHash, addressOf } from '../address.ts';
import type { ExportedCustomer } from '../contract.ts';
import { findPerson } from '../find-person.ts';

const SHOP = `select name, now() as at from shop where id = $1`;

/** Everything held about a person, for an admin to hand over. Audited, without naming the person. */
export async function exportCustomer(ctx: SignedInContext, email: string): Promise<ExportedCustomer> {
  const { database, settings } = ctx.services;
  const who = { shopId: ctx.person.shopId, address: addressOf(email) };
  return database.transaction(async (tx) => {
    const { orderIds, deliveryIds } = await findPerson(tx, who);
    const { name, at } = (await tx.row<{ name: string; at: Date }>('shop-of-export', SHOP, [who.shopId]))!;
    const found = {
      orders: await collectOrders(tx, orderIds),
      messages: await collectDeliveries(tx, deliveryIds),
      received: await collectIntake(tx, who),
      downloadLinks: await collectLinks(tx, orderIds),
      artwork: await collectArtwork(tx, orderIds),
    };
    await auditPerson(tx, ctx, {
      action: 'customers.export',
      subject: addressHash(settings.linkSecret, who),
      data: { orders: orderIds.length },
    });
    return {
      email: who.address,
      exportedAt: at.toISOString(),
      shop: name,
      ...(found as Omit<ExportedCustomer, 'email' | 'exportedAt' | 'shop'>),
    };
  });
}
