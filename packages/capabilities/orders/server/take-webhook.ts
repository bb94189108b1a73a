import type { Database } from '@windlass/db/open-database';
import { newId } from '@windlass/db/ids';
import type { Sql, Tx } from '@windlass/db/sql';
import { recordEvents } from '@windlass/live/record-events';
import { recordAudit } from '../../kit/record-audit.ts';
import { receiveOrder } from '../operations.ts';
import { readShopOrder } from '../shops/read-shop-order.ts';
import type { ShopRefusal } from '../shops/shop-order.ts';
import type { Source } from './hook-routes.ts';

export type ShopMessage = { deliveryId: string; body: Buffer; requestId: string };

const SEE = `insert into source_delivery (source_id, delivery_id) values ($1, $2) on conflict do nothing returning source_id`;
/** One row for each order over there. The second of two at once waits here for the first. */
const CLAIM = `insert into source_order (id, shop_id, source_id, external_id, reference, state, body) values ($1, $2, $3, $4, $5, 'refused', $6)
  on conflict (source_id, external_id) do update set external_id = excluded.external_id returning id, state, order_id as "orderId", id = $1 as fresh`;
const TAKEN = `update source_order set state = 'taken', order_id = $2, body = null, reason_code = null, reason = null, settled_at = now() where id = $1`;
const REFUSED = `update source_order set state = 'refused', reason_code = $2, reason = $3, body = $4, reference = $5, received_at = now(), settled_at = null where id = $1`;
const COUNT_TAKEN = `update order_source set taken = taken + 1, last_received_at = now() where id = $1`;
const COUNT_SEEN = `update order_source set last_received_at = now() where id = $1`;
const COUNT_IGNORED = `update order_source set ignored = ignored + 1, last_received_at = now() where id = $1`;

/**
 * Takes a verified message in one transaction. A delivery seen before and an order taken before have no effect; what cannot be
 * taken is kept byte for byte with the reason, for a person. The same order sent anew replaces what could not be taken of it.
 */
export async function takeWebhook(database: Database, source: Source, message: ShopMessage): Promise<'taken' | 'refused' | 'repeated'> {
  const { externalId, reference, result } = readShopOrder(source.system, message.body);
  return database.transaction(async (tx) => {
    if (!(await tx.row('see-source-delivery', SEE, [source.id, message.deliveryId]))) return 'repeated';
    const claim = (await tx.row<{ id: string; state: string; fresh: boolean }>('claim-source-order', CLAIM, [
      newId('sor'), source.shopId, source.id, externalId ?? null, reference?.slice(0, 100) ?? null, message.body,
    ]))!;
    if (!claim.fresh && claim.state !== 'refused') return 'repeated';
    if (!result.ok) {
      await keepRefused(tx, source, { id: claim.id, refusal: result, message, reference });
      return 'refused';
    }
    const made = await receiveOrder(tx, source.shopId, { ...result.order, source: source.system });
    await settleTaken(tx, source, { id: claim.id, orderId: made.id });
    await recordAudit(tx, { shopId: source.shopId, actor: { kind: 'machine', id: source.id }, action: 'orders.receive', subject: made.id, requestId: message.requestId });
    return 'taken';
  });
}

type Refused = { id: string; refusal: ShopRefusal; message: ShopMessage; reference: string | undefined };

async function keepRefused(tx: Tx, source: Source, { id, refusal, message, reference }: Refused): Promise<void> {
  await tx.rows('refuse-source-order', REFUSED, [id, refusal.code, refusal.reason, message.body, reference?.slice(0, 100) ?? null]);
  await tx.rows('count-source-seen', COUNT_SEEN, [source.id]);
  await recordEvents(tx, [{ shopId: source.shopId, topic: 'orders', subject: source.id, type: 'source.order-refused', data: { reason: refusal.code } }]);
}

/** The order is ours: its raw message goes. */
export async function settleTaken(tx: Tx, source: { id: string; shopId: string }, { id, orderId }: { id: string; orderId: string }): Promise<void> {
  await tx.rows('settle-source-order', TAKEN, [id, orderId]);
  await tx.rows('count-source-taken', COUNT_TAKEN, [source.id]);
}

/** A message of a topic that is no new order. */
export async function countIgnored(sql: Sql, sourceId: string): Promise<void> {
  await sql.rows('count-source-ignored', COUNT_IGNORED, [sourceId]);
}
