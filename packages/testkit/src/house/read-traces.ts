import type { Sql } from '@windlass/db/sql';

export type Traces = {
  status: string;
  stage: string;
  version: number;
  approvedBy: string | null;
  approved: boolean;
  notes: string | null;
  /** States, oldest first. */
  deliveries: string[];
  jobs: string[];
  /** Types of the events about decisions, oldest first. */
  decisions: string[];
  audits: string[];
};

const TRACES = `select o.status, o.stage, o.version, o.approved_by as "approvedBy",
  o.approved_at is not null as approved, o.admin_notes as notes,
    array(select d.state::text from delivery d where d.order_id = o.id order by d.created_at, d.id) as deliveries,
    array(select j.state::text from job j where j.subject = o.id order by j.created_at, j.id) as jobs,
    array(select e.type from event e where e.subject = o.id and e.topic = 'approvals' order by e.seq) as decisions,
    array(select a.action from audit_entry a where a.subject = o.id and a.action <> 'orders.receive'
      order by a.at, a.id) as audits
  from customer_order o where o.id = $1`;

/** Everything a decision leaves behind, as the database has it. */
export async function readTraces(sql: Sql, orderId: string): Promise<Traces> {
  return (await sql.row<Traces>('traces', TRACES, [orderId]))!;
}
