import { auditPerson } from '../../kit/record-audit.ts';
import { Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { limitAccountMail } from './limit-account-mail.ts';
import { lockPerson } from './lock-people.ts';
import { sendAccountMail } from './send-account-mail.ts';

/** Mails somebody a link to choose a new password. The present one goes on until they do. */
export async function sendReset(ctx: SignedInContext, id: string): Promise<{ success: true }> {
  await limitAccountMail(ctx, id);
  await ctx.services.database.transaction(async (tx) => {
    const { person } = await lockPerson(tx, ctx, id);
    if (person.status !== 'active')
      throw new Refusal('conflict', 'INVALID_STATE', {
        message: 'Only somebody who may sign in can choose a new password.',
      });
    await sendAccountMail(tx, {
      person,
      kind: 'password-reset',
      by: ctx.person,
      requestId: ctx.requestId,
      linkSecret: ctx.services.settings.linkSecret,
    });
    await auditPerson(tx, ctx, { action: 'operations.send-reset', subject: id });
  });
  return { success: true };
}
