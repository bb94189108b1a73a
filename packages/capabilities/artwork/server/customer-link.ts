import { recordEvents } from '@windlass/live/record-events';
import type { z } from 'zod';
import { auditPerson } from '../../kit/record-audit.ts';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { iso } from '../../kit/sql-text.ts';
import { ensureArtworkLinks, findArtworkLink } from '../artwork-link.ts';
import { closeLinks } from '../close-links.ts';
import type { closedLinkOutput, doneOutput, linkOutput, madeLinkOutput } from '../contract.ts';
import { forgetUpload } from '../forget-upload.ts';
import { artworkLinkRestored, artworkLinkRevoked } from '../events.ts';

const OWN = `select id from customer_order where id = $1 and shop_id = $2`;
const ORDER_TO_RESTORE = `select erased_at is not null as erased
  from customer_order where id = $1 and shop_id = $2 for update`;

/**
 * Whether the customer of an order has a link that works. It opens nothing: reading the address itself is `makeLink`.
 */
export async function readLink(ctx: SignedInContext, orderId: string): Promise<z.infer<typeof linkOutput>> {
  const { sql } = ctx.services.database;
  if (!(await sql.row('order-of-artwork-link', OWN, [orderId, ctx.person.shopId]))) throw notFound('order');
  return { expiresAt: (await findArtworkLink(sql, orderId))?.expiresAt.toISOString() ?? null };
}

/**
 * The customer's own address for the artwork of an order, made where there is none. Audited: whoever holds it may send
 * artwork and approve it.
 */
export async function makeLink(ctx: SignedInContext, orderId: string): Promise<z.infer<typeof madeLinkOutput>> {
  return ctx.services.database.transaction(async (tx) => {
    if (!(await tx.row('lock-order-to-link', `${OWN} and erased_at is null for update`, [orderId, ctx.person.shopId])))
      throw notFound('order');
    await auditPerson(tx, ctx, { action: 'artwork.copy-link', subject: orderId });
    return (await ensureArtworkLinks(tx, [orderId], ctx.services.settings))[0]!;
  });
}

/** Of what this transaction closed. */
const UNDO_UNTIL = `select ${iso('(max(revoked_at) + make_interval(secs => $2::float8))')} as "undoUntil"
  from artwork_link where order_id = $1 and revoked_at = now() and $2 > 0`;

/** Closes it at once, and whatever is on its way by it; the next one is another. */
export async function revokeLink(ctx: SignedInContext, orderId: string): Promise<z.infer<typeof closedLinkOutput>> {
  const { shopId, name: by } = ctx.person;
  const { database, storage, settings } = ctx.services;
  const { ended, undoUntil } = await database.transaction(async (tx) => {
    if (!(await tx.row('lock-order-of-artwork-link', `${OWN} for update`, [orderId, shopId]))) throw notFound('order');
    const uploads = await closeLinks(tx, [orderId]);
    await recordEvents(tx, [artworkLinkRevoked({ shopId, subject: orderId, data: { by } })]);
    await auditPerson(tx, ctx, { action: 'artwork.revoke-link', subject: orderId, data: { uploads: uploads.length } });
    const { undoUntil } = (await tx.row<{ undoUntil: string | null }>('undo-of-closed-links', UNDO_UNTIL, [
      orderId,
      settings.undoSeconds,
    ]))!;
    return { ended: uploads, undoUntil };
  });
  await Promise.allSettled(ended.map((upload) => forgetUpload(storage, settings, upload))); // swept in any case
  return { success: true, message: 'The customer’s link is closed.', undoUntil };
}

const RESTORE = `update artwork_link set revoked_at = null
  where order_id = $1 and revoked_at > now() - make_interval(secs => $2::float8) returning id`;

/**
 * Undoes the closing within the seconds of every undo: the same link opens again. Uploads that it ended are to be begun
 * anew.
 */
export async function restoreLink(ctx: SignedInContext, orderId: string): Promise<z.infer<typeof doneOutput>> {
  const { shopId, name: by } = ctx.person;
  const { database, settings } = ctx.services;
  return database.transaction(async (tx) => {
    const order = await tx.row<{ erased: boolean }>('lock-order-of-closed-link', ORDER_TO_RESTORE, [orderId, shopId]);
    if (!order) throw notFound('order');
    const links = order.erased ? [] : await tx.rows('restore-artwork-links', RESTORE, [orderId, settings.undoSeconds]);
    if (links.length === 0)
      throw new Refusal('conflict', 'TOO_LATE', {
        message: 'It can no longer be undone. Copy the customer’s link: that makes a new one.',
      });
    await recordEvents(tx, [artworkLinkRestored({ shopId, subject: orderId, data: { by } })]);
    await auditPerson(tx, ctx, { action: 'artwork.restore-link', subject: orderId });
    return { success: true as const, message: 'Undone. The customer’s link opens again.' };
  });
}
