import { recordEvents } from '@windlass/live/record-events';
import { hasVisible } from '@windlass/messaging/invisible';
import type { z } from 'zod';
import { auditPerson } from '../../kit/record-audit.ts';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { iso } from '../../kit/sql-text.ts';
import {
  ANNOUNCED_DAYS,
  REFUSED_DAYS,
  type refusedOutput,
  type ShopSystem,
  type takeAgainInput,
  type takeAgainOutput,
} from '../intake-contract.ts';
import { receiveOrder } from '../operations.ts';
import { readShopMessage } from '../shops/read-shop-message.ts';
import { settleTaken } from './take-webhook.ts';
import { refusedOrderSettled } from '../events.ts';

const LIST = `select o.id, s.name as "sourceName", s.system, o.reference, o.external_id as "externalId",
  o.reason_code as "reasonCode", o.reason,
    ${iso('o.received_at')} as "receivedAt"
  from source_order o join order_source s on s.id = o.source_id
  where o.shop_id = $1 and o.state = 'refused' order by o.received_at desc, o.id desc limit 200`;
const DELETION = `select count(*)::int as count,
  count(*) filter (where received_at < now() - interval '${REFUSED_DAYS - ANNOUNCED_DAYS} days')::int as soon,
    ${iso(`(min(received_at) + interval '${REFUSED_DAYS} days')`)} as "firstAt"
  from source_order where shop_id = $1 and state = 'refused'`;
const READ = `select o.body, o.received_at::text as "receivedAt", s.system
  from source_order o join order_source s on s.id = o.source_id
  where o.id = $1 and o.shop_id = $2`;
const LOCK = `select o.state, o.received_at::text as "receivedAt", o.source_id as "sourceId", s.system
  from source_order o join order_source s on s.id = o.source_id
  where o.id = $1 and o.shop_id = $2 for update of o`;
const DISMISS = `update source_order set state = 'dismissed', settled_at = now() where id = $1`;

type RefusedRow = z.output<typeof refusedOutput>['rows'][number];
type Deletion = NonNullable<z.output<typeof refusedOutput>['deletion']>;

const settledAlready = () =>
  new Refusal('conflict', 'INVALID_STATE', { message: 'This order has been dealt with meanwhile.' });

/**
 * Orders that came and could not be taken, newest first, with the reason, and when they will be deleted. The 200
 * newest: more of them have one cause.
 */
export async function listRefusedOrders(ctx: SignedInContext): Promise<z.output<typeof refusedOutput>> {
  const { sql } = ctx.services.database;
  const [rows, deletion] = await Promise.all([
    sql.rows<RefusedRow>('list-refused-orders', LIST, [ctx.person.shopId]),
    sql.row<Deletion>('refused-orders-to-delete', DELETION, [ctx.person.shopId]),
  ]);
  return { rows, deletion: deletion && deletion.count > 0 ? deletion : null };
}

type Kept = { state: string; receivedAt: string; sourceId: string; system: ShopSystem };

/**
 * Reads the kept message once more, with what a person knows better. What still cannot be taken is refused with its
 * reason.
 */
export async function takeAgain(
  ctx: SignedInContext,
  { id, email }: z.output<typeof takeAgainInput>,
): Promise<z.infer<typeof takeAgainOutput>> {
  const { shopId } = ctx.person;
  const { database } = ctx.services;
  const message = await database.sql.row<{ body: Buffer | null; receivedAt: string; system: ShopSystem }>(
    'read-refused-order',
    READ,
    [id, shopId],
  );
  if (!message) throw notFound('order');
  if (!message.body) throw settledAlready();
  const { result, state } = await readShopMessage(
    message.system,
    message.body,
    email && hasVisible(email) ? email : undefined,
  );
  return database.transaction(async (tx) => {
    const kept = await tx.row<Kept>('lock-refused-order', LOCK, [id, shopId]);
    if (kept?.state !== 'refused' || kept.receivedAt !== message.receivedAt) throw settledAlready();
    if (!result.ok) {
      const onEmail = result.code === 'NO_EMAIL' || result.code === 'BAD_EMAIL';
      throw new Refusal('invalid', result.code, {
        message: result.reason,
        ...(onEmail && { fields: { email: result.reason } }),
      });
    }
    const made = await receiveOrder(tx, shopId, { ...result.order, source: kept.system, shopSays: state });
    await settleTaken(tx, { id: kept.sourceId }, { id, orderId: made.id, changedAt: state.changedAt });
    await recordEvents(tx, [refusedOrderSettled({ shopId, subject: kept.sourceId })]);
    await auditPerson(tx, ctx, { action: 'orders.take-again', subject: made.id, data: { email: email !== undefined } });
    return { orderId: made.id, number: made.number };
  });
}

/** Takes an order off the list for good: its message is deleted, and the same order sent again has no effect. */
export async function dismissRefused(ctx: SignedInContext, id: string): Promise<{ success: true }> {
  const { shopId } = ctx.person;
  await ctx.services.database.transaction(async (tx) => {
    const kept = await tx.row<Kept>('lock-refused-order', LOCK, [id, shopId]);
    if (!kept) throw notFound('order');
    if (kept.state !== 'refused') throw settledAlready();
    await tx.rows('dismiss-refused-order', DISMISS, [id]);
    await recordEvents(tx, [refusedOrderSettled({ shopId, subject: kept.sourceId })]);
    await auditPerson(tx, ctx, { action: 'orders.dismiss-refused', subject: id });
  });
  return { success: true };
}
