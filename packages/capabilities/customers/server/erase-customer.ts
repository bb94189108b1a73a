import { newId } from '@windlass/db/ids';
import { recordEvents } from '@windlass/live/record-events';
import { enqueue } from '@windlass/queue/jobs/enqueue';
import type { z } from 'zod';
import { auditPerson } from '../../kit/record-audit.ts';
import { Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { addressHash, addressOf } from '../address.ts';
import { type eraseInput, jobs } from '../contract.ts';
import { erasureStarted } from '../events.ts';

const INSERT = `insert into customer_erasure (id, shop_id, address, address_hash, job_id, created_by)
  values ($1, $2, $3, $4, $5, $6)
  on conflict (shop_id, address_hash) where (state = 'running'::customer_erasure_state) do nothing returning id`;
const RUNNING = `select id from customer_erasure where shop_id = $1 and address_hash = $2 and state = 'running'`;

/**
 * Asks a job to forget a person. Asked twice while it runs, it is one. The audit row has a keyed hash in place of the
 * person.
 */
export async function eraseCustomer(
  ctx: SignedInContext,
  { email, confirm }: z.output<typeof eraseInput>,
): Promise<{ erasureId: string }> {
  const { shopId } = ctx.person;
  const address = addressOf(email);
  if (confirm.trim().toLowerCase() !== address) {
    const sentence = 'Type the same address once more: it cannot be undone.';
    throw new Refusal('invalid', 'NOT_CONFIRMED', { message: sentence, fields: { confirm: sentence } });
  }
  const hash = addressHash(ctx.services.settings.linkSecret, { shopId, address });
  return ctx.services.database.transaction(async (tx) => {
    const [id, jobId] = [newId('era'), newId('job')];
    const made = await tx.row('insert-erasure', INSERT, [id, shopId, address, hash, jobId, ctx.person.id]);
    if (!made) return { erasureId: (await tx.row<{ id: string }>('running-erasure', RUNNING, [shopId, hash]))!.id };
    await enqueue(
      tx,
      { job: jobs['customers.erase'], payload: { erasureId: id } },
      { id: jobId, shopId, subject: id, requestId: ctx.requestId },
    );
    await recordEvents(tx, [erasureStarted({ shopId, subject: id })]);
    await auditPerson(tx, ctx, { action: 'customers.erase', subject: id, data: { customer: hash } });
    return { erasureId: id };
  });
}
