import { labelSubjects } from '../../kit/label-subjects.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { iso } from '../../kit/sql-text.ts';
import type { DeliveryRow } from '../contract.ts';

/** The columns of a delivery in a list, as the contract's `deliveryRow`, but for what it serves. */
export const DELIVERY_ROW = `d.id, d.kind, d.channel, d.recipient_name as "recipientName", d.recipient, d.subject, d.state,
  ${iso('d.held_until')} as "heldUntil", ${iso('d.next_attempt_at')} as "nextAttemptAt", ${iso('d.gives_up_at')} as "givesUpAt", d.attempts,
  d.error_code as "errorCode", d.error_sentence as "errorSentence", d.acknowledged_at is not null as acknowledged, d.order_id as "orderId", d.job_id as "jobId",
  ${iso('d.created_at')} as "createdAt", ${iso('d.accepted_at')} as "acceptedAt"`;

export type RawDeliveryRow = Omit<DeliveryRow, 'serves'>;

/** The rows with what they serve, by its owner's word. */
export async function toDeliveryRows<Raw extends { orderId: string | null }>(
  ctx: SignedInContext,
  rows: readonly Raw[],
): Promise<(Raw & Pick<DeliveryRow, 'serves'>)[]> {
  const labels = await labelSubjects(
    ctx,
    rows.map(({ orderId }) => orderId),
  );
  return rows.map((row) => ({ ...row, serves: row.orderId === null ? null : (labels.get(row.orderId) ?? null) }));
}
