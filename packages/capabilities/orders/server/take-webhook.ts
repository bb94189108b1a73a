import { createHash } from 'node:crypto';
import type { Database } from '@windlass/db/open-database';
import { newId } from '@windlass/db/ids';
import type { Sql, Tx } from '@windlass/db/sql';
import { recordEvents } from '@windlass/live/record-events';
import { cleanLine } from '../../kit/clean-text.ts';
import { recordAudit } from '../../kit/record-audit.ts';
import { receiveOrder } from '../operations.ts';
import { readShopMessage } from '../shops/read-shop-message.ts';
import type { ShopMessageRead } from '../shops/read-shop-order.ts';
import type { ShopRefusal } from '../shops/shop-order.ts';
import { changeOrder } from './change-order.ts';
import type { Source } from './hook-routes.ts';
import type { HookKind } from './shop-systems.ts';
import { sourceRefusedOrder, testSentAgain } from '../events.ts';

export type ShopMessage = {
  kind: HookKind;
  topic: string;
  deliveryId: string | undefined;
  body: Buffer;
  requestId: string;
};
export type TakenAs = 'taken' | 'refused' | 'changed' | 'repeated' | 'ignored';

const SEE = `insert into source_delivery (source_id, delivery_id)
  values ($1, $2) on conflict do nothing returning source_id`;
const FIND = `select id, state, order_id as "orderId" from source_order where source_id = $1 and external_id = $2`;
/** One row for each order over there. The second of two at once waits here for the first, and then has none. */
const CLAIM = `insert into source_order (id, shop_id, source_id, external_id, reference, state, body)
  values ($1, $2, $3, $4, $5, 'refused', $6)
  on conflict (source_id, external_id) do nothing returning id, state, order_id as "orderId", true as fresh`;
/**
 * One that could not be taken is held for this message alone. One that was taken is not: its order is locked first,
 * here as everywhere.
 */
const HOLD = `select id, state, order_id as "orderId", false as fresh
  from source_order where source_id = $1 and external_id = $2 and state <> 'taken' for update`;
/** What was refused before stays with its reason, for who asks why; worker/prune-intake.ts says how long. */
const TAKEN = `update source_order set state = 'taken', order_id = $2,
  body = case when reason_code is null then null else body end, settled_at = now(),
    changed_at = $3::timestamptz where id = $1`;
const REFUSED = `update source_order set state = 'refused', reason_code = $2, reason = $3, body = $4, reference = $5,
  received_at = now(), settled_at = null where id = $1`;
const CHANGED = `update source_order set changed_at = coalesce($2::timestamptz, changed_at)
  where id = $1 and ($2::timestamptz is null or changed_at is null or changed_at <= $2::timestamptz) returning id`;
const COUNT_TAKEN = `update order_source set taken = taken + 1, last_received_at = now() where id = $1`;
const COUNT_SEEN = `update order_source set last_received_at = now() where id = $1`;
const COUNT_IGNORED = `update order_source set ignored = ignored + 1, last_received_at = now() where id = $1`;

/**
 * A change of an order nobody told us of makes it ours; that of an older one does not: a shop that tidies up sends its
 * whole past. In ms.
 */
const MOST_AGE_MS = 30 * 86_400_000;

type Claim = { id: string; state: 'taken' | 'refused' | 'dismissed'; orderId: string | null };

/**
 * Takes a verified message that holds a whole order, in one transaction. Which order it is decides what becomes of it,
 * not what the delivery is called: one nobody has seen is taken, or kept byte for byte with the reason, for a person;
 * one that was taken is changed by a message that is newer. The same message again has no effect, but that the same
 * order sent anew replaces what could not be taken of it.
 */
export async function takeWebhook(database: Database, source: Source, message: ShopMessage): Promise<TakenAs> {
  const read = await readShopMessage(source.system, message.body);
  if (message.kind === 'cancelled') read.state.shopCancelledAt ??= new Date().toISOString();
  return database.transaction(async (tx) => {
    const known = await tx.row<Claim>('find-source-order', FIND, [source.id, read.externalId ?? null]);
    if (!known && isNoNews(message.kind, read)) return ignore(tx, source);
    const seen = !(await tx.row('see-source-delivery', SEE, [source.id, fingerprint(message, read)]));
    if (known?.state === 'taken') return changeTaken(tx, source, { known, message, read, seen });
    if (seen && read.externalId === undefined) return repeat(tx, source);
    const claim = await claimOrder(tx, source, { read, message });
    if (claim.state === 'taken') return changeTaken(tx, source, { known: claim, message, read, seen });
    if (claim.state === 'dismissed' || (seen && !claim.fresh && !read.result.ok)) return repeat(tx, source);
    if (!read.result.ok) {
      await keepRefused(tx, source, { id: claim.id, refusal: read.result, message, reference: read.reference });
      return 'refused';
    }
    const made = await receiveOrder(tx, source.shopId, {
      ...read.result.order,
      source: source.system,
      shopSays: read.state,
    });
    await settleTaken(tx, source, { id: claim.id, orderId: made.id, changedAt: read.state.changedAt });
    await recordAudit(tx, {
      shopId: source.shopId,
      actor: { kind: 'machine', id: source.id },
      action: 'orders.receive',
      subject: made.id,
      requestId: message.requestId,
    });
    return 'taken';
  });
}

async function claimOrder(
  tx: Tx,
  source: Source,
  { read, message }: { read: ShopMessageRead; message: ShopMessage },
): Promise<Claim & { fresh: boolean }> {
  const { externalId = null, reference = null } = read;
  const made = await tx.row<Claim & { fresh: boolean }>('claim-source-order', CLAIM, [
    newId('sor'),
    source.shopId,
    source.id,
    externalId,
    reference,
    message.body,
  ]);
  const held = made ?? (await tx.row<Claim & { fresh: boolean }>('hold-source-order', HOLD, [source.id, externalId]));
  return held ?? { ...(await tx.row<Claim>('find-source-order', FIND, [source.id, externalId]))!, fresh: false };
}

/** Takes a verified message that only names an order: it was deleted over there, or some of it was paid back. */
export async function takeNotice(
  database: Database,
  source: Source,
  { message, externalId }: { message: ShopMessage; externalId: string | undefined },
): Promise<TakenAs> {
  return database.transaction(async (tx) => {
    const known = await tx.row<Claim>('find-source-order', FIND, [source.id, externalId ?? null]);
    if (!known?.orderId || known.state !== 'taken') return ignore(tx, source);
    if (!(await tx.row('see-source-delivery', SEE, [source.id, fingerprint(message)]))) return repeat(tx, source);
    const said = message.kind === 'gone' ? { shopCancelledAt: new Date().toISOString() } : { refunded: true as const };
    const changed = await changeOrder(tx, source, { orderId: known.orderId, said });
    await tx.rows('count-source-seen', COUNT_SEEN, [source.id]);
    return changed ? 'changed' : 'repeated';
  });
}

type Change = { known: Claim; message: ShopMessage; read: ShopMessageRead; seen: boolean };

async function changeTaken(tx: Tx, source: Source, { known, message, read, seen }: Change): Promise<TakenAs> {
  if (seen || !known.orderId) return repeat(tx, source);
  const { state, lines, unread } = read;
  if (message.kind === 'new' && (state.isTest || state.changedAt === null)) {
    // Shopify's test notifications are one order, sent anew: who presses the button again wants to see that it came.
    if (state.isTest) await recordEvents(tx, [testSentAgain({ shopId: source.shopId, subject: known.orderId })]);
    return repeat(tx, source);
  }
  const changed = await changeOrder(tx, source, {
    orderId: known.orderId,
    said: { ...state, ...(lines && { lines }), ...(unread && { unread }) },
    isNewer: async () => (await tx.row('change-source-order', CHANGED, [known.id, state.changedAt])) !== undefined,
  });
  await tx.rows('count-source-seen', COUNT_SEEN, [source.id]);
  return changed ? 'changed' : 'repeated';
}

/** A change of no order we can name, or of one that was placed long ago and never came here. */
function isNoNews(kind: HookKind, { externalId, result }: ShopMessageRead): boolean {
  if (kind === 'new') return false;
  const placedAt = result.ok ? result.order.placedAt : undefined;
  return (
    externalId === undefined || (placedAt !== undefined && new Date(placedAt).getTime() < Date.now() - MOST_AGE_MS)
  );
}

/** What a message is known again by: its topic and its bytes. Of tests, which are all alike, each delivery counts. */
function fingerprint({ topic, deliveryId, body }: ShopMessage, read?: ShopMessageRead): string {
  const hash = createHash('sha256').update(`${topic.toLowerCase()}\n`).update(body);
  return (read?.state.isTest && deliveryId ? hash.update(`\n${deliveryId}`) : hash).digest('hex');
}

type Refused = { id: string; refusal: ShopRefusal; message: ShopMessage; reference: string | undefined };

async function keepRefused(tx: Tx, source: Source, { id, refusal, message, reference }: Refused): Promise<void> {
  await tx.rows('refuse-source-order', REFUSED, [
    id,
    refusal.code,
    cleanLine(refusal.reason, 500),
    message.body,
    reference ?? null,
  ]);
  await tx.rows('count-source-seen', COUNT_SEEN, [source.id]);
  await recordEvents(tx, [
    sourceRefusedOrder({
      shopId: source.shopId,
      subject: source.id,
      data: { reason: refusal.code },
    }),
  ]);
}

/** The order is ours: the raw message of one that was never refused goes at once. */
export async function settleTaken(
  tx: Tx,
  source: { id: string },
  { id, orderId, changedAt }: { id: string; orderId: string; changedAt: string | null },
): Promise<void> {
  await tx.rows('settle-source-order', TAKEN, [id, orderId, changedAt]);
  await tx.rows('count-source-taken', COUNT_TAKEN, [source.id]);
}

async function repeat(tx: Tx, source: Source): Promise<'repeated'> {
  await tx.rows('count-source-seen', COUNT_SEEN, [source.id]);
  return 'repeated';
}

async function ignore(tx: Tx, source: Source): Promise<'ignored'> {
  await countIgnored(tx, source.id);
  return 'ignored';
}

/** A message that tells us of no order. */
export async function countIgnored(sql: Sql, sourceId: string): Promise<void> {
  await sql.rows('count-source-ignored', COUNT_IGNORED, [sourceId]);
}
