import { auditPerson } from '../../kit/record-audit.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { endSessionsOf } from './end-sessions.ts';
import { lastAdmin, lockPerson } from './lock-people.ts';
import { voidAccountLinks } from './send-account-mail.ts';

/** The name stays, because the record says who did what; the address is free again, and the passwords are gone. */
const REMOVE = `update app_user set removed_at = now(), email = id || '@removed.invalid', invited_email = null, updated_at = now() where id = $1`;

/**
 * Takes somebody out of the shop for good: nothing of theirs signs in any more. Orders, decisions and the audit keep
 * their name.
 */
export async function removePerson(ctx: SignedInContext, id: string): Promise<{ success: true }> {
  await ctx.services.database.transaction(async (tx) => {
    const { person, last } = await lockPerson(tx, ctx, id);
    if (last) throw lastAdmin();
    await voidAccountLinks(tx, person.id, ctx.person);
    await tx.rows('remove-person', REMOVE, [person.id]);
    await tx.rows('remove-credential', 'delete from account where user_id = $1', [person.id]);
    await tx.rows('remove-used-passwords', 'delete from used_password where user_id = $1', [person.id]);
    await endSessionsOf(tx, person);
    await auditPerson(tx, ctx, { action: 'operations.remove-person', subject: id });
  });
  return { success: true };
}
