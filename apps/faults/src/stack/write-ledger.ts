import type { Ledger } from '../entry.ts';
import type { History } from '../history.ts';
import type { Stack } from './start-stack.ts';

const LEDGER = `select o.id as "order", o.customer_email as email, o.status::text, o.version,
    (select count(*)::int from event e where e.subject = o.id and e.type = 'approval.approved') as approvals,
    (select count(*)::int from event e where e.subject = o.id and e.type = 'approval.rejected') as rejections,
    d.id as delivery, d.state::text, d.message_id as "messageId", d.attempts,
    (select count(*)::int from delivery_attempt a where a.delivery_id = d.id and a.committed_at is not null) as commits
  from customer_order o left join delivery d on d.order_id = o.id order by o.number, d.created_at`;

/** An order without a delivery has nulls where the ledger has nothing. */
type Row = { [Name in keyof Omit<Ledger, 'what'>]-?: Ledger[Name] | null };

/** Writes what the database says of every order, so that the checkers need nothing but the history. */
export async function writeLedger(stack: Stack, history: History): Promise<void> {
  for (const row of await stack.database.sql.rows<Row>('faults-ledger', LEDGER)) {
    const known = Object.entries(row).filter(([, value]) => value !== null);
    history.write({ what: 'ledger', ...(Object.fromEntries(known) as Omit<Ledger, 'what'>) });
  }
}
