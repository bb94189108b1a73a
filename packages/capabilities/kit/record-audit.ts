import { newId } from '@windlass/db/ids';
import type { Sql } from '@windlass/db/sql';
import type { SignedInContext } from './server-context.ts';

export type AuditEntry = {
  shopId: string;
  actor: { kind: 'person' | 'machine' | 'customer' | 'system'; id: string | null };
  /** `<capability>.<operation>`, e.g. `approvals.approve`. */
  action: string;
  subject: string;
  data?: Record<string, unknown>;
  requestId: string | null;
};

const INSERT = `insert into audit_entry (id, shop_id, actor_id, actor_kind, action, subject, data, request_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`;

/** Who did what, in the transaction that does it. Kept for ever: no personal data beyond what the action needs. */
export async function recordAudit(sql: Sql, entry: AuditEntry): Promise<void> {
  await sql.rows('record-audit', INSERT, [
    newId('aud'),
    entry.shopId,
    entry.actor.id,
    entry.actor.kind,
    entry.action,
    entry.subject,
    JSON.stringify(entry.data ?? {}),
    entry.requestId,
  ]);
}

/** The same for what a signed-in person does. */
export const auditPerson = (
  sql: Sql,
  ctx: SignedInContext,
  entry: Pick<AuditEntry, 'action' | 'subject' | 'data'>,
): Promise<void> =>
  recordAudit(sql, {
    ...entry,
    shopId: ctx.person.shopId,
    actor: { kind: 'person', id: ctx.person.id },
    requestId: ctx.requestId,
  });
