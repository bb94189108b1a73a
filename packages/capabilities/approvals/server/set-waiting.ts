import type { Tx } from '@windlass/db/sql';

const SET_WAITING = `update customer_order set status = 'waiting', stage = 'waiting', approved_at = null, approved_by = null,
    rejected_at = null, rejected_by = null, admin_notes = null, version = version + 1
  where id = any($1::text[]) and status <> 'waiting' returning version`;

/** These orders wait for a decision again; their rows are locked by the caller. Answers their versions. */
export const setWaiting = async (tx: Tx, orderIds: readonly string[]): Promise<number[]> =>
  (await tx.rows<{ version: number }>('set-orders-waiting', SET_WAITING, [orderIds])).map(({ version }) => version);
