import { recordEvents } from '@windlass/live/record-events';
import { enqueue } from '@windlass/queue/jobs/enqueue';
import { auditPerson } from '../../kit/record-audit.ts';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { jobs, REMOVE_UNDO_SECONDS } from '../contract.ts';
import { artworkRemoved, artworkRestored } from '../events.ts';

const LOCK = `select o.id as "orderId", a.name, a.version, a.replaces_id as "replacesId",
  a.removed_at is not null as removed, a.superseded_at is not null as superseded
  from artwork a join customer_order o on o.id = a.order_id where a.id = $1 and a.shop_id = $2 for update of o, a`;
type Locked = {
  orderId: string;
  name: string;
  version: number;
  replacesId: string | null;
  removed: boolean;
  superseded: boolean;
};
const REMOVE = `with removed as (update artwork set removed_at = now() where id = $1 returning replaces_id)
  update artwork a set superseded_at = null from removed where a.id = removed.replaces_id`;
const RESTORE = `with restored as (update artwork set removed_at = null where id = $1 returning replaces_id)
  update artwork a set superseded_at = now() from restored where a.id = restored.replaces_id`;

/** Seconds after which a removed artwork's job looks whether it was put back: a late undo is still heard. */
const PURGE_AFTER_SECONDS = REMOVE_UNDO_SECONDS + 5;

/**
 * Takes an artwork off its order; the version before it stands again. It can be put back for a moment; then a job
 * deletes it with its pictures.
 */
export const removeArtwork = (ctx: SignedInContext, id: string) => change(ctx, id, { removed: true });

/** Undoes a removal, as long as the artwork is there. */
export const restoreArtwork = (ctx: SignedInContext, id: string) => change(ctx, id, { removed: false });

async function change(
  ctx: SignedInContext,
  id: string,
  wish: { removed: boolean },
): Promise<{ success: true; message: string }> {
  const { shopId, name: by } = ctx.person;
  return ctx.services.database.transaction(async (tx) => {
    const artwork = await tx.row<Locked>('lock-artwork-to-remove', LOCK, [id, shopId]);
    if (!artwork) throw notFound('artwork');
    const message = wish.removed ? `“${artwork.name}” was removed.` : `“${artwork.name}” is back.`;
    if (artwork.removed === wish.removed) return { success: true as const, message };
    if (artwork.superseded)
      throw new Refusal('conflict', 'OLD_VERSION', {
        message: 'There is a newer version of this artwork. Remove that one first.',
      });
    await tx.rows(wish.removed ? 'remove-artwork' : 'restore-artwork', wish.removed ? REMOVE : RESTORE, [id]);
    if (wish.removed)
      await enqueue(
        tx,
        { job: jobs['artwork.purge'], payload: { artworkId: id } },
        { shopId, subject: id, runAfterSeconds: PURGE_AFTER_SECONDS, requestId: ctx.requestId },
      );
    await recordEvents(tx, [
      (wish.removed ? artworkRemoved : artworkRestored)({
        shopId,
        subject: artwork.orderId,
        data: { artworkId: id, name: artwork.name, version: artwork.version, by },
      }),
    ]);
    await auditPerson(tx, ctx, { action: wish.removed ? 'artwork.remove' : 'artwork.restore', subject: id });
    return { success: true as const, message };
  });
}
