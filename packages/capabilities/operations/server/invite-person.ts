import { createInvited } from '@windlass/auth/people';
import { checkAddress } from '@windlass/messaging/check-address';
import type { z } from 'zod';
import { auditPerson } from '../../kit/record-audit.ts';
import { Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import type { invitePersonInput } from '../contract.ts';
import { limitAccountMail } from './limit-account-mail.ts';
import { lockPerson } from './lock-people.ts';
import { sendAccountMail } from './send-account-mail.ts';

const OURS = 'select 1 as yes from app_user where shop_id = $1 and email = $2';

/**
 * Adds somebody by a mail with which they choose a password. It answers alike whether or not another shop knows the
 * address: if one does, the mail tells its owner, and nobody else (worker/compose-account-mail.ts).
 */
export async function invitePerson(
  ctx: SignedInContext,
  input: z.output<typeof invitePersonInput>,
): Promise<{ success: true }> {
  const check = checkAddress(input.email);
  if (!check.ok)
    throw new Refusal('invalid', check.code, { message: check.sentence, fields: { email: check.sentence } });
  const address = check.address.toLowerCase();
  await ctx.services.database.transaction(async (tx) => {
    if (await tx.row('address-of-shop', OURS, [ctx.person.shopId, address]))
      throw taken('Somebody of this shop signs in with this address already.');
    const id = await createInvited(tx, { ...input, email: address, shopId: ctx.person.shopId });
    if (!id) throw taken('This address has been invited already. Send the invitation again instead.');
    const { person } = await lockPerson(tx, ctx, id);
    await sendAccountMail(tx, {
      person,
      kind: 'invitation',
      by: ctx.person,
      requestId: ctx.requestId,
      linkSecret: ctx.services.settings.linkSecret,
    });
    await auditPerson(tx, ctx, { action: 'operations.invite-person', subject: id, data: { role: input.role } });
  });
  return { success: true };
}

const taken = (message: string) =>
  new Refusal('conflict', 'ADDRESS_TAKEN', { message, fields: { email: 'In use already.' } });

/** A new invitation in place of the one before. */
export async function resendInvitation(ctx: SignedInContext, id: string): Promise<{ success: true }> {
  await limitAccountMail(ctx, id);
  await ctx.services.database.transaction(async (tx) => {
    const { person } = await lockPerson(tx, ctx, id);
    if (person.status !== 'invited')
      throw new Refusal('conflict', 'INVALID_STATE', {
        message: 'Only somebody who has not taken up their invitation can be invited again.',
      });
    await sendAccountMail(tx, {
      person,
      kind: 'invitation',
      by: ctx.person,
      requestId: ctx.requestId,
      linkSecret: ctx.services.settings.linkSecret,
    });
    await auditPerson(tx, ctx, { action: 'operations.resend-invitation', subject: id });
  });
  return { success: true };
}
