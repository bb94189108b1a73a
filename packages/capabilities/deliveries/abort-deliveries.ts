import type { Tx } from '@windlass/db/sql';
import { recordEvents } from '@windlass/live/record-events';
import { cancelJobs } from '@windlass/queue/control/cancel-jobs';
import { type MessageSettlers, settleMessages } from '../kit/message-settler.ts';
import { deliveryMoved } from './events.ts';
import { lockOrdersFirst } from './lock-orders-first.ts';

type Aborted = { id: string; shopId: string; orderId: string | null; jobId: string; kind: string };

const ABORT = (ids: string) => `with ${lockOrdersFirst(ids)}
  update delivery d set state = 'aborted', updated_at = now() from held
  where d.id = held.id and d.state in ('withheld', 'queued', 'awaiting_retry')
  returning d.id, d.shop_id as "shopId", d.order_id as "orderId", d.job_id as "jobId", d.kind`;
const ABORT_THESE = ABORT('$1::text[]');
const ABORT_OF_JOBS = ABORT('array(select id from delivery where job_id = any($1::text[]))');

/**
 * Takes those back that have not begun to leave, and their jobs with them. Answers which: for others it is too late.
 */
async function abortAll(tx: Tx, deliveryIds: readonly string[], by: string | null): Promise<Aborted[]> {
  const aborted = await tx.rows<Aborted>('abort-deliveries', ABORT_THESE, [deliveryIds]);
  await cancelJobs(
    tx,
    aborted.map(({ jobId }) => jobId),
  );
  await recordAborted(tx, aborted, by);
  return aborted;
}

const recordAborted = (tx: Tx, aborted: readonly Aborted[], by: string | null): Promise<void> =>
  recordEvents(
    tx,
    aborted.map(({ id, shopId, orderId }) =>
      deliveryMoved.aborted({ shopId, subject: orderId ?? id, data: { deliveryId: id, by } }),
    ),
  );

/** Takes a delivery back whose caller settles what it served. False: too late. */
export const abortDelivery = async (tx: Tx, deliveryId: string, by: string | null): Promise<boolean> =>
  (await abortAll(tx, [deliveryId], by)).length > 0;

type Stop = { by: string; settlers: MessageSettlers };

/** Stops a message that a person does not want to leave: what it serves hears of it. False: too late. */
export async function stopMessage(tx: Tx, deliveryId: string, { by, settlers }: Stop): Promise<boolean> {
  const aborted = await abortAll(tx, [deliveryId], by);
  await settleStopped(tx, settlers, aborted);
  return aborted.length > 0;
}

/** The same for those of jobs that the caller cancels. Answers the jobs for which it was not too late. */
export async function stopMessagesOfJobs(tx: Tx, jobIds: readonly string[], { by, settlers }: Stop): Promise<string[]> {
  const aborted = await tx.rows<Aborted>('abort-deliveries-of-jobs', ABORT_OF_JOBS, [jobIds]);
  await recordAborted(tx, aborted, by);
  await settleStopped(tx, settlers, aborted);
  return aborted.map(({ jobId }) => jobId);
}

const settleStopped = (tx: Tx, settlers: MessageSettlers, aborted: readonly Aborted[]): Promise<void> =>
  settleMessages(
    tx,
    settlers,
    aborted.map(({ kind, orderId }) => ({ kind, subject: orderId, fate: 'stopped' })),
  );

/** Account mails whose links are worth nothing any more: what has not left stays here. */
export const abortDeliveries = async (tx: Tx, deliveryIds: readonly string[], by: string): Promise<void> =>
  void (await abortAll(tx, deliveryIds, by));

const ABORT_WITHHELD = `update delivery set state = 'aborted', updated_at = now()
  where order_id = any($1::text[]) and state = 'withheld' and held_until > now()
  returning id, shop_id as "shopId", order_id as "orderId", job_id as "jobId", kind`;

export type WithheldAbort = {
  by: string;
  /** Tells of these orders why: before their messages' own events, so that the cause stands first on each timeline. */
  recordCause: (orderIds: readonly string[]) => Promise<void>;
};

/**
 * Takes back all messages of these orders that are still withheld, with their jobs. The orders' rows are locked by the
 * caller, and settled by them. Answers whose orders it was.
 */
export async function abortWithheld(
  tx: Tx,
  orderIds: readonly string[],
  { by, recordCause }: WithheldAbort,
): Promise<string[]> {
  const aborted = await tx.rows<Aborted & { orderId: string }>('abort-withheld-deliveries', ABORT_WITHHELD, [orderIds]);
  await cancelJobs(
    tx,
    aborted.map(({ jobId }) => jobId),
  );
  const ids = aborted.map(({ orderId }) => orderId);
  await recordCause(ids);
  await recordAborted(tx, aborted, by);
  return ids;
}
