import { releaseMessages as release } from '../../deliveries/operations.ts';
import { auditPerson } from '../../kit/record-audit.ts';
import { Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { skipToOrderNumber } from '../../orders/operations.ts';

/**
 * After a backup was restored: the shop's messages go out, and its next order gets a number that nobody was given
 * before.
 */
export async function releaseMessages(ctx: SignedInContext, nextNumber: number): Promise<{ success: true }> {
  const { shopId, name } = ctx.person;
  await ctx.services.database.transaction(async (tx) => {
    if (!(await release(tx, shopId, name)))
      throw new Refusal('conflict', 'INVALID_STATE', { message: 'Nothing is held: somebody has released it already.' });
    if (!(await skipToOrderNumber(tx, shopId, nextNumber))) {
      throw new Refusal('invalid', 'NUMBER_GIVEN', {
        message: 'That number was given to an order already.',
        fields: { nextNumber: 'There are orders with higher numbers already.' },
      });
    }
    await auditPerson(tx, ctx, { action: 'operations.release-messages', subject: shopId, data: { nextNumber } });
  });
  return { success: true };
}
