import type { Tx } from '@windlass/db/sql';
import { recordWithin } from '@windlass/live/record-within';
import { acknowledgeJobs } from '@windlass/queue/control/acknowledge-jobs';
import { type MessageSettlers, settleMessages } from '../kit/message-settler.ts';
import { abortDeliveries } from './abort-deliveries.ts';
import { deliveryAcknowledged } from './events.ts';
import { lockOrdersFirst } from './lock-orders-first.ts';

const ACKNOWLEDGE = `with ${lockOrdersFirst('array(select id from delivery where job_id = any($1::text[]))')},
  seen as (
    update delivery d set acknowledged_at = now(), updated_at = now() from held
    where d.id = held.id and d.state in ('failed', 'bounced') and d.acknowledged_at is null
    returning d.id, d.shop_id, d.order_id, d.kind),
  told as (
    ${recordWithin(deliveryAcknowledged, {
      from: 'seen',
      subject: 'coalesce(order_id, id)',
      data: { deliveryId: 'id', by: '$2::text' },
    })})
  select kind, order_id as subject from seen`;

/** The failed messages of these jobs are left as they are, and what they serve waits for nobody any more. */
export async function acknowledgeMessages(
  tx: Tx,
  jobIds: readonly string[],
  { by, settlers }: { by: string; settlers: MessageSettlers },
): Promise<void> {
  const seen = await tx.rows<{ kind: string; subject: string | null }>('acknowledge-deliveries', ACKNOWLEDGE, [
    jobIds,
    by,
  ]);
  await settleMessages(
    tx,
    settlers,
    seen.map(({ kind, subject }) => ({ kind, subject, fate: 'acknowledged' })),
  );
}

const JOBS = `select job_id as "jobId" from delivery where id = any($1::text[])`;

/** Nobody waits for these any more: what has not left stays here, and what failed is left so. They serve nothing. */
export async function withdrawMessages(
  tx: Tx,
  deliveryIds: readonly string[],
  by: { id: string; name: string },
): Promise<void> {
  if (deliveryIds.length === 0) return;
  await abortDeliveries(tx, deliveryIds, by.name);
  const jobIds = (await tx.rows<{ jobId: string }>('jobs-of-deliveries', JOBS, [deliveryIds])).map(
    ({ jobId }) => jobId,
  );
  await acknowledgeMessages(tx, jobIds, { by: by.name, settlers: {} });
  await acknowledgeJobs(tx, jobIds, { by });
}
