import { notFound, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';

const FIND = `select id, kind, order_id as "orderId" from delivery where id = $1 and shop_id = $2`;
type Found = { id: string; kind: string; orderId: string | null };

/** What a delivery says, written anew from the order as it is now. Its links are left out: a preview opens nothing. */
export async function previewDelivery(ctx: SignedInContext, id: string): Promise<{ html: string; text: string }> {
  const { database, settings, previews } = ctx.services;
  const delivery = await database.sql.row<Found>('delivery-to-preview', FIND, [id, ctx.person.shopId]);
  if (!delivery) throw notFound('delivery');
  const preview = previews[delivery.kind];
  if (!preview)
    throw new Refusal('conflict', 'NOT_SHOWN', {
      message: 'This message opens somebody’s account, so it is shown to nobody but them.',
    });
  const { orderId } = delivery;
  if (orderId === null) throw notFound('order');
  const { html, text } = await preview(database.sql, { id, orderId }, settings.publicUrl);
  return { html, text };
}
