import { createHash } from 'node:crypto';
import type { Tx } from '@windlass/db/sql';
import { recordEvents } from '@windlass/live/record-events';
import type { OrderStatus, PaymentStatus, ShopStanding } from '../contract.ts';
import type { Source } from './hook-routes.ts';
import { changeLines, type HeldLine, type ShopLine } from './change-lines.ts';
import { changedByShop } from '../events.ts';

/**
 * What a later message says; what is left out stays. `unread`: why its lines could not be read. `refunded`: some of it
 * was paid back.
 */
export type ShopSaid = Partial<ShopStanding> & {
  lines?: readonly ShopLine[] | undefined;
  unread?: string;
  refunded?: true;
};
/** `isNewer` is asked once the order is locked: false for what comes late. */
export type OrderChange = { orderId: string; said: ShopSaid; isNewer?: () => Promise<boolean> };

type OrderNow = ShopStanding & { status: OrderStatus; erased: boolean; lines: HeldLine[] };
const LOCK = `select o.status, o.erased_at is not null as erased, o.payment_status as "paymentStatus",
  o.is_test as "isTest", o.is_draft as "isDraft",
    o.shop_cancelled_at::text as "shopCancelledAt",
    (select coalesce(json_agg(json_build_object('id', l.id, 'sku', l.sku, 'title', l.title, 'quantity', l.quantity, 'unitMinor', l.unit_minor) order by l.position), '[]')
      from order_line l where l.order_id = o.id) as lines
  from customer_order o where o.id = $1 for update of o`;
const UPDATE = `update customer_order set payment_status = $2::payment_status, is_test = $3, is_draft = $4,
  shop_cancelled_at = $5::timestamptz, version = version + 1 where id = $1`;
/** A decided order keeps its lines, so that each later message differs from them: it is told once. */
const TOLD = `select exists (select 1 from event
  where subject = $1 and type = '${changedByShop.type}' and (data->>'lines' = $2 or data->>'unread' = $3)) as told`;

/**
 * Brings an order to what its shop says now, with a word on its timeline. Lines change while it waits for a decision;
 * of a decided one only the standing does, and what was approved stays what is sent. Answers whether anything changed.
 * Orders are locked before their source's row.
 */
export async function changeOrder(tx: Tx, source: Source, { orderId, said, isNewer }: OrderChange): Promise<boolean> {
  const now = await tx.row<OrderNow>('lock-changed-order', LOCK, [orderId]);
  if (!now || now.erased || (isNewer && !(await isNewer()))) return false;
  const next = factsAfter(now, said, source);
  const held = now.lines.filter(({ quantity }) => quantity > 0);
  const lines = said.lines && keyOf(said.lines) !== keyOf(held) ? keyOf(said.lines) : undefined;
  const waiting = now.status === 'waiting';
  const told =
    ((lines && !waiting) || said.unread) &&
    (await tx.row<{ told: boolean }>('shop-change-told', TOLD, [orderId, lines ?? null, said.unread ?? null]))!.told;

  const news = {
    ...(next.paymentStatus !== now.paymentStatus && { payment: next.paymentStatus }),
    ...((next.shopCancelledAt === null) !== (now.shopCancelledAt === null) && {
      cancelled: next.shopCancelledAt !== null,
    }),
    ...(next.isDraft !== now.isDraft && { draft: next.isDraft }),
    ...(next.isTest !== now.isTest && { test: next.isTest }),
    ...(lines && !told && { lines }),
    ...(said.unread && !told && { unread: said.unread }),
  };
  if (Object.keys(news).length === 0) return false;
  if (said.lines && lines && waiting)
    await changeLines(tx, { orderId, shopId: source.shopId, held: now.lines, lines: said.lines });
  await tx.rows('change-order', UPDATE, [orderId, next.paymentStatus, next.isTest, next.isDraft, next.shopCancelledAt]);
  await recordEvents(tx, [
    changedByShop({
      shopId: source.shopId,
      subject: orderId,
      data: { ...news, status: now.status },
    }),
  ]);
  return true;
}

function factsAfter(now: OrderNow, said: ShopSaid, source: Source): ShopStanding {
  // Shopify has no way back from a cancelled order: a message without the word is one that was overtaken.
  const cancelled =
    said.shopCancelledAt === undefined || (source.system === 'shopify' && said.shopCancelledAt === null)
      ? now.shopCancelledAt
      : said.shopCancelledAt;
  return {
    paymentStatus: said.refunded ? afterRefund(now.paymentStatus) : (said.paymentStatus ?? now.paymentStatus),
    isTest: said.isTest ?? now.isTest,
    isDraft: said.isDraft ?? now.isDraft,
    shopCancelledAt: cancelled && (now.shopCancelledAt ?? cancelled),
  };
}

/** How much was paid back is told by the order's own next message. */
const afterRefund = (status: PaymentStatus | null): PaymentStatus =>
  status === 'refunded' || status === 'voided' ? status : 'partly_refunded';

const keyOf = (lines: readonly ShopLine[]): string =>
  createHash('sha256')
    .update(JSON.stringify(lines.map(({ sku, title, quantity, unitMinor }) => [sku, title, quantity, unitMinor])))
    .digest('hex')
    .slice(0, 16);
