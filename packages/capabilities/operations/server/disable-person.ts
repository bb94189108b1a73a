import { setDisabled } from '@windlass/auth/people';
import { auditPerson } from '../../kit/record-audit.ts';
import { Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { endSessionsOf } from './end-sessions.ts';
import { lastAdmin, lockPerson } from './lock-people.ts';
import { voidAccountLinks } from './send-account-mail.ts';

/**
 * Shuts somebody out at once: sessions, live streams and links to choose a password end. What they made stays, the
 * shop's API keys too.
 */
export async function disablePerson(ctx: SignedInContext, id: string): Promise<{ success: true }> {
  await ctx.services.database.transaction(async (tx) => {
    const { person, last } = await lockPerson(tx, ctx, id);
    if (last) throw lastAdmin();
    await setDisabled(tx, person.id, true);
    await endSessionsOf(tx, person);
    await voidAccountLinks(tx, person.id, ctx.person);
    await auditPerson(tx, ctx, { action: 'operations.disable-person', subject: id });
  });
  return { success: true };
}

/** Lets somebody in again, with the password they had. */
export async function enablePerson(ctx: SignedInContext, id: string): Promise<{ success: true }> {
  await ctx.services.database.transaction(async (tx) => {
    const { person } = await lockPerson(tx, ctx, id);
    if (person.status !== 'disabled')
      throw new Refusal('conflict', 'INVALID_STATE', { message: 'They are not disabled.' });
    await setDisabled(tx, person.id, false);
    await auditPerson(tx, ctx, { action: 'operations.enable-person', subject: id });
  });
  return { success: true };
}
