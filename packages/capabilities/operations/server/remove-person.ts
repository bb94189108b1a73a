import { removeUser } from '@windlass/auth/people';
import { auditPerson } from '../../kit/record-audit.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { endSessionsOf } from './end-sessions.ts';
import { lastAdmin, lockPerson } from './lock-people.ts';
import { voidAccountLinks } from './send-account-mail.ts';

/**
 * Takes somebody out of the shop for good: nothing of theirs signs in any more. Orders, decisions and the audit keep
 * their name.
 */
export async function removePerson(ctx: SignedInContext, id: string): Promise<{ success: true }> {
  await ctx.services.database.transaction(async (tx) => {
    const { person, last } = await lockPerson(tx, ctx, id);
    if (last) throw lastAdmin();
    await voidAccountLinks(tx, person.id, ctx.person);
    await removeUser(tx, person.id);
    await endSessionsOf(tx, person);
    await auditPerson(tx, ctx, { action: 'operations.remove-person', subject: id });
  });
  return { success: true };
}
