import type { Tx } from '@windlass/db/sql';
import { iso } from '../kit/sql-text.ts';
import { CONCERNS } from './concerns.ts';
import type { OrderConcern } from '../approvals/contract.ts';

/** `version`: as the person saw it; left out, whichever it is. */
export type OrderToDecide = { id: string; version?: number | undefined };
export type Verdict = { shopId: string; /** A person's id. */ by: string; notes: string | null };

export type ApprovedOrder = {
  id: string;
  number: number;
  version: number;
  customerName: string;
  customerEmail: string;
  /** What the shop says against it, and was waived. */
  despite: OrderConcern[];
};

const APPROVE = `update customer_order o set status = 'approved', stage = 'moving', approved_at = now(),
  approved_by = $4, admin_notes = $5, version = o.version + 1
  from unnest($1::text[], $2::int[]) as w(id, version)
  where o.id = w.id and o.shop_id = $3 and o.status = 'waiting' and (w.version is null or o.version = w.version)
    and ${CONCERNS} <@ $6::text[]
    and exists (select 1 from order_line l join bundle b on b.id = l.bundle_id
      where l.order_id = o.id and b.object_key is not null)
  returning o.id, o.number, o.version, o.customer_name as "customerName", o.customer_email as "customerEmail",
    ${CONCERNS} as despite`;

/**
 * Approves those of these orders that wait, have something to send, and against which the shop says nothing but
 * `despite`. The others are left out of the answer. Their bundles have been matched by the caller.
 */
export const approveOrders = (
  tx: Tx,
  orders: readonly OrderToDecide[],
  { shopId, by, notes, despite }: Verdict & { despite: readonly OrderConcern[] },
): Promise<ApprovedOrder[]> =>
  tx.rows<ApprovedOrder>('approve-orders', APPROVE, [...columnsOf(orders), shopId, by, notes, despite]);

export type RejectedOrder = { id: string; number: number; version: number; /** ISO 8601. */ rejectedAt: string };

const REJECT = `update customer_order o set status = 'rejected', stage = 'closed', rejected_at = now(),
  rejected_by = $4, admin_notes = $5, version = o.version + 1
  from unnest($1::text[], $2::int[]) as w(id, version)
  where o.id = w.id and o.shop_id = $3 and o.status = 'waiting' and (w.version is null or o.version = w.version)
  returning o.id, o.number, o.version, ${iso('o.rejected_at')} as "rejectedAt"`;

/** Rejects those of these orders that wait. The others are left out of the answer. */
export const rejectOrders = (
  tx: Tx,
  orders: readonly OrderToDecide[],
  { shopId, by, notes }: Verdict,
): Promise<RejectedOrder[]> =>
  tx.rows<RejectedOrder>('reject-orders', REJECT, [...columnsOf(orders), shopId, by, notes]);

const columnsOf = (orders: readonly OrderToDecide[]) => [
  orders.map(({ id }) => id),
  orders.map(({ version }) => version ?? null),
];

const SET_WAITING = `update customer_order set status = 'waiting', stage = 'waiting', approved_at = null,
  approved_by = null,
    rejected_at = null, rejected_by = null, admin_notes = null, version = version + 1
  where id = any($1::text[]) and status <> 'waiting' returning version`;

/** These orders wait for a decision again; their rows are locked by the caller. Answers their versions. */
export const setWaiting = async (tx: Tx, orderIds: readonly string[]): Promise<number[]> =>
  (await tx.rows<{ version: number }>('set-orders-waiting', SET_WAITING, [orderIds])).map(({ version }) => version);
