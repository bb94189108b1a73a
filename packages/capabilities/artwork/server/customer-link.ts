import { recordEvents } from '@windlass/live/record-events';
import type { z } from 'zod';
import { auditPerson } from '../../kit/record-audit.ts';
import { missing } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { ensureArtworkLink, findArtworkLink } from '../artwork-link.ts';
import type { linkOutput } from '../contract.ts';

type Link = z.infer<typeof linkOutput>;
const OWN = `select id from customer_order where id = $1 and shop_id = $2`;
const REVOKE = `update artwork_link set revoked_at = now() where order_id = $1 and revoked_at is null`;

/** The customer's address for the artwork of an order, as it is. */
export async function readLink(ctx: SignedInContext, orderId: string): Promise<Link> {
  const { database, settings } = ctx.services;
  if (!(await database.sql.row('order-of-artwork-link', OWN, [orderId, ctx.person.shopId]))) throw missing('order');
  return (await findArtworkLink(database.sql, orderId, settings)) ?? { url: null, expiresAt: null };
}

/** The same, made where there is none. Audited: whoever holds it may send artwork and approve it. */
export async function makeLink(ctx: SignedInContext, orderId: string): Promise<Link> {
  return ctx.services.database.transaction(async (tx) => {
    if (!(await tx.row('lock-order-of-artwork-link', `${OWN} for update`, [orderId, ctx.person.shopId]))) throw missing('order');
    await auditPerson(tx, ctx, { action: 'artwork.copy-link', subject: orderId });
    return ensureArtworkLink(tx, orderId, ctx.services.settings);
  });
}

/** Closes it at once; the next one is another. */
export async function revokeLink(ctx: SignedInContext, orderId: string): Promise<{ success: true; message: string }> {
  const { shopId, name: by } = ctx.person;
  return ctx.services.database.transaction(async (tx) => {
    if (!(await tx.row('lock-order-of-artwork-link', `${OWN} for update`, [orderId, shopId]))) throw missing('order');
    await tx.rows('revoke-artwork-links', REVOKE, [orderId]);
    await recordEvents(tx, [{ shopId, topic: 'artwork', subject: orderId, type: 'artwork.link-revoked', data: { by } }]);
    await auditPerson(tx, ctx, { action: 'artwork.revoke-link', subject: orderId });
    return { success: true as const, message: 'The customer’s link is closed.' };
  });
}
