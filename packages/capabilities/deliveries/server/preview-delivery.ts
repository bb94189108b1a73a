import { previewBundleLinks } from '../../approvals/operations.ts';
import { previewProof } from '../../artwork/preview-proof.ts';
import { missing, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { isAccountMessage, type MessageKind } from '../contract.ts';

const FIND = `select id, kind, order_id as "orderId" from delivery where id = $1 and shop_id = $2`;
type Found = { id: string; kind: MessageKind; orderId: string | null };

/** What a delivery says, written anew from the order as it is now. Its links are left out: a preview opens nothing. */
export async function previewDelivery(ctx: SignedInContext, id: string): Promise<{ html: string; text: string }> {
  const { database, settings } = ctx.services;
  const delivery = await database.sql.row<Found>('delivery-to-preview', FIND, [id, ctx.person.shopId]);
  if (!delivery) throw missing('delivery');
  const { kind, orderId } = delivery;
  if (isAccountMessage(kind))
    throw new Refusal('conflict', 'NOT_SHOWN', {
      message: 'This message opens somebody’s account, so it is shown to nobody but them.',
    });
  if (orderId === null) throw missing('order');
  const served = { id, orderId };
  switch (kind) {
    case 'bundle-links': {
      const { html, text } = await previewBundleLinks(database.sql, served, settings.publicUrl);
      return { html, text };
    }
    case 'artwork-proof': {
      const { html, text } = await previewProof(database.sql, served, settings.publicUrl);
      return { html, text };
    }
  }
}
