import type { Database } from '@windlass/db/open-database';
import { REMOVE_UNDO_SECONDS } from '../contract.ts';
import { purgeArtworks } from '../purge-artworks.ts';

const LOCK = `select a.shop_id as "shopId" from artwork a join customer_order o on o.id = a.order_id
  where a.id = $1 and a.removed_at < now() - make_interval(secs => ${REMOVE_UNDO_SECONDS}) for update of o, a`;
/** Removed long enough ago for its own job to have come: removed by an earlier release, or its job was lost. */
const MISSED = `select id from artwork where removed_at < now() - interval '1 minute' - make_interval(secs => ${REMOVE_UNDO_SECONDS}) order by removed_at limit 20`;

/** Deletes one removed artwork for good. One that was put back, or is gone, is left alone. */
export async function purgeRemoved(database: Database, artworkId: string): Promise<void> {
  await database.transaction(async (tx) => {
    const artwork = await tx.row<{ shopId: string }>('lock-removed-artwork', LOCK, [artworkId]);
    if (artwork) await purgeArtworks(tx, { shopId: artwork.shopId, artworkIds: [artworkId], subject: artworkId });
  });
}

/** The safety net of the sweep: 20 at most, what it leaves the next finds. */
export async function purgeMissed(database: Database): Promise<number> {
  const missed = await database.sql.rows<{ id: string }>('removed-artworks-left', MISSED);
  for (const { id } of missed) await purgeRemoved(database, id);
  return missed.length;
}
