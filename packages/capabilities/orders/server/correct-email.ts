import { recordEvents } from '@windlass/live/record-events';
import { checkAddress } from '@windlass/messaging/check-address';
import { auditPerson } from '../../kit/record-audit.ts';
import { missing, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';

const UPDATE = `update customer_order set customer_email = $3, version = version + 1,
    search_text = replace(search_text, lower(customer_email), lower($3))
  where id = $1 and shop_id = $2 returning version`;

/** Corrects where the customer is reached. What is sent from now on goes there; what was sent stays on the record as it was. */
export async function correctEmail(ctx: SignedInContext, input: { id: string; email: string }): Promise<{ version: number }> {
  const checked = checkAddress(input.email);
  if (!checked.ok) throw new Refusal('invalid', checked.code, { message: checked.sentence, fields: { email: checked.sentence } });
  return ctx.services.database.transaction(async (tx) => {
    const order = await tx.row<{ version: number }>('correct-email', UPDATE, [input.id, ctx.person.shopId, checked.address]);
    if (!order) throw missing('order');
    await recordEvents(tx, [{ shopId: ctx.person.shopId, topic: 'orders', subject: input.id, type: 'order.email-corrected', data: { by: ctx.person.name } }]);
    await auditPerson(tx, ctx, { action: 'orders.correct-email', subject: input.id });
    return order;
  });
}
