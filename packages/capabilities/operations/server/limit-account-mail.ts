import { createLimit } from '@windlass/auth/limits';
import { Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';

/** Nobody's mailbox is filled from here. */
const MOST = { name: 'account-mail', points: 5, seconds: 900 };

/** Counted by the caller's own shop, so that another shop's people are nobody's to use up. */
export async function limitAccountMail(ctx: SignedInContext, personId: string): Promise<void> {
  const wait = await createLimit(ctx.services.database, MOST).hit(`${ctx.person.shopId} ${personId}`);
  if (wait === undefined) return;
  throw new Refusal('too-many', 'TOO_MANY_MAILS', {
    message: `They have had several mails already. Try again in ${Math.ceil(wait / 60)} minutes.`,
    retryAfterSeconds: wait,
  });
}
