import { recordEvents } from '@windlass/live/record-events';
import { auditPerson } from '../../kit/record-audit.ts';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import type { LinkState } from '../contract.ts';
import { type LinkFacts, stateOfLink } from '../rules.ts';
import { linkRestored } from '../events.ts';

/**
 * The order's row first, as everywhere: whoever erases its customer meanwhile closes the link after this, or is seen by
 * it.
 */
const LOCK = `select o.id as "orderId", o.erased_at is not null as erased
  from download_link k join customer_order o on o.id = k.order_id
  where k.id = $1 and k.shop_id = $2 for update of o`;
const RESTORE = `update download_link set revoked_at = null, revoked_by = null
  where id = $1 and revoked_at > now() - make_interval(secs => $2::float8)
  returning false as revoked, expires_at <= now() as expired, downloads, max_downloads as "maxDownloads"`;

/**
 * Undoes a revocation within the seconds of every undo: the same link opens again, for as long and as often as before.
 */
export async function restoreLink(ctx: SignedInContext, linkId: string): Promise<{ state: LinkState }> {
  const { shopId, name: by } = ctx.person;
  const { database, settings } = ctx.services;
  return database.transaction(async (tx) => {
    const order = await tx.row<{ orderId: string; erased: boolean }>('lock-order-of-link', LOCK, [linkId, shopId]);
    if (!order) throw notFound('link');
    const link = order.erased
      ? undefined
      : await tx.row<LinkFacts>('restore-link', RESTORE, [linkId, settings.undoSeconds]);
    if (!link)
      throw new Refusal('conflict', 'TOO_LATE', {
        message: 'It can no longer be undone. Resend the mail: the new one carries a link that opens.',
      });
    await recordEvents(tx, [linkRestored({ shopId, subject: order.orderId, data: { linkId, by } })]);
    await auditPerson(tx, ctx, { action: 'approvals.restore-link', subject: linkId });
    return { state: stateOfLink(link) };
  });
}
