import { recordEvents } from '@windlass/live/record-events';
import { enqueue } from '@windlass/queue/jobs/enqueue';
import { createDelivery } from '../../deliveries/operations.ts';
import { auditPerson } from '../../kit/record-audit.ts';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { jobs } from '../contract.ts';
import { proofSent } from '../events.ts';

const LOCK = `select o.id as "orderId", o.number, o.customer_name as "customerName",
  o.customer_email as "customerEmail", a.name, a.version, a.state, a.proof,
    f.state as "fileState", f.job_id as "prepareJobId", (select count(*)::int from delivery d
      where d.order_id = o.id and d.dedupe_key like a.id || ':proof:%') as sent
  from artwork a join customer_order o on o.id = a.order_id join artwork_file f on f.id = a.file_id
  where a.id = $1 and a.shop_id = $2 and a.superseded_at is null and a.removed_at is null for update of o, a`;
type Locked = {
  orderId: string;
  number: number;
  customerName: string;
  customerEmail: string;
  name: string;
  version: number;
  state: string;
  proof: string | null;
  fileState: string;
  prepareJobId: string | null;
  sent: number;
};
const SENT = `update artwork set state = 'sent', note = null, decided_at = null, decided_by = null where id = $1`;

/**
 * Asks the customer: a mail with their link, and the artwork waits for their word. The proof is made by a job
 * meanwhile, after the artwork's pictures; the page shows it as soon as it is there.
 */
export async function sendProof(ctx: SignedInContext, id: string): Promise<{ success: true; message: string }> {
  const { shopId } = ctx.person;
  return ctx.services.database.transaction(async (tx) => {
    const artwork = await tx.row<Locked>('lock-artwork-for-proof', LOCK, [id, shopId]);
    if (!artwork) throw notFound('artwork');
    if (artwork.fileState === 'failed')
      throw new Refusal('conflict', 'NO_PICTURE', {
        message: 'No picture could be made of this file, so there is no proof to send. Ask for another file.',
      });
    if (artwork.state === 'approved')
      throw new Refusal('conflict', 'INVALID_STATE', { message: 'The customer has approved this artwork already.' });
    if (!artwork.proof && artwork.fileState !== 'no_preview') {
      await enqueue(
        tx,
        { job: jobs['artwork.make-proof'], payload: { artworkId: id } },
        {
          shopId,
          subject: id,
          requestId: ctx.requestId,
          after: artwork.prepareJobId && artwork.fileState === 'waiting' ? [artwork.prepareJobId] : [],
        },
      );
    }
    await tx.rows('artwork-sent', SENT, [id]);
    // Before the mail that it causes, so that the timeline tells them so.
    await recordEvents(tx, [
      proofSent({
        shopId,
        subject: artwork.orderId,
        data: { artworkId: id, name: artwork.name, version: artwork.version, by: ctx.person.name },
      }),
    ]);
    await createDelivery(
      tx,
      {
        orderId: artwork.orderId,
        recipient: { name: artwork.customerName, address: artwork.customerEmail },
        subject: `Your proof for order #${artwork.number}`,
        dedupeKey: `${id}:proof:${artwork.sent + 1}`,
      },
      { shopId, kind: 'artwork-proof', holdSeconds: 0, createdBy: ctx.person.id, requestId: ctx.requestId },
    );
    await auditPerson(tx, ctx, { action: 'artwork.send-proof', subject: id });
    return { success: true as const, message: `The proof goes to ${artwork.customerEmail}.` };
  });
}
