import type { Tx } from '@windlass/db/sql';
import { recordEvents } from '@windlass/live/record-events';
import { checkAddress } from '@windlass/messaging/check-address';
import type { z } from 'zod';
import { redirectUnsent } from '../../deliveries/operations.ts';
import { auditPerson } from '../../kit/record-audit.ts';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import type { correctEmailInput } from '../contract.ts';
import { emailCorrected } from '../events.ts';

const UPDATE = `update customer_order set customer_email = $3, version = version + 1,
    search_text = replace(search_text, lower(customer_email), lower($3))
  where id = $1 and shop_id = $2 and erased_at is null and ($4::int is null or version = $4) returning version`;
const NOW = `select o.number, o.customer_email as email, o.erased_at is not null as erased,
    (select e.data->>'by' from event e where e.subject = o.id and e.type = '${emailCorrected.type}'
      order by e.seq desc limit 1) as by
  from customer_order o where o.id = $1 and o.shop_id = $2`;

/**
 * Corrects where the customer is reached. What is sent from now on goes there, a mail still held for undo too; what was
 * sent stays on the record as it was.
 */
export async function correctEmail(
  ctx: SignedInContext,
  input: z.output<typeof correctEmailInput>,
): Promise<{ version: number }> {
  const checked = checkAddress(input.email);
  if (!checked.ok)
    throw new Refusal('invalid', checked.code, { message: checked.sentence, fields: { email: checked.sentence } });
  return ctx.services.database.transaction(async (tx) => {
    const order = await tx.row<{ version: number }>('correct-email', UPDATE, [
      input.id,
      ctx.person.shopId,
      checked.address,
      input.version ?? null,
    ]);
    if (!order) throw await refuseStale(tx, ctx, input.id);
    const redirected = await redirectUnsent(tx, { orderId: input.id, address: checked.address, by: ctx.person.name });
    await recordEvents(tx, [
      emailCorrected({
        shopId: ctx.person.shopId,
        subject: input.id,
        data: { by: ctx.person.name, redirected },
      }),
    ]);
    await auditPerson(tx, ctx, { action: 'orders.correct-email', subject: input.id });
    return order;
  });
}

/** The order is not there, or it changed since the form was opened: then the answer holds what it says now. */
async function refuseStale(tx: Tx, ctx: SignedInContext, id: string): Promise<Refusal> {
  const now = await tx.row<{ number: number; email: string; erased: boolean; by: string | null }>('email-now', NOW, [
    id,
    ctx.person.shopId,
  ]);
  if (!now) return notFound('order');
  if (now.erased)
    return new Refusal('conflict', 'ERASED', {
      message: `The customer of order #${now.number} was erased. What they order from now on is an order of its own.`,
    });
  return new Refusal('conflict', 'STALE', {
    message: `Order #${now.number} changed since you opened it. Its e-mail address is ${now.email} now${now.by ? `, corrected by ${now.by}` : ''}.`,
    fields: { email: `Now: ${now.email}` },
  });
}
