import { auditPerson } from '../../kit/record-audit.ts';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { stopMessage } from '../abort-deliveries.ts';

/** Stops a message before it begins to leave. The order stays approved. */
export async function abortOneDelivery(ctx: SignedInContext, id: string): Promise<{ state: 'aborted' }> {
  return ctx.services.database.transaction(async (tx) => {
    const known = await tx.row('delivery-of-shop', 'select 1 as yes from delivery where id = $1 and shop_id = $2', [
      id,
      ctx.person.shopId,
    ]);
    if (!known) throw notFound('delivery');
    if (!(await stopMessage(tx, id, { by: ctx.person.name, settlers: ctx.services.messageSettlers }))) {
      throw new Refusal('conflict', 'TOO_LATE', {
        message: 'It has begun to leave, so it can no longer be cancelled.',
      });
    }
    await auditPerson(tx, ctx, { action: 'deliveries.abort', subject: id });
    return { state: 'aborted' as const };
  });
}
