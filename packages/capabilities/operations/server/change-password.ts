import { createLimit } from '@windlass/auth/limits';
import { changeOwnPassword } from '@windlass/auth/people';
import type { z } from 'zod';
import { auditPerson } from '../../kit/record-audit.ts';
import { Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import type { changePasswordInput } from '../contract.ts';

/** As many as at the door: whoever finds an open screen does not guess the password there either. */
const TRIES = { name: 'change-password', points: 5, seconds: 300 };

/** A person's own password. Their other sessions end; this one goes on. */
export async function changePassword(ctx: SignedInContext, { current, next }: z.output<typeof changePasswordInput>): Promise<{ success: true }> {
  const { database } = ctx.services;
  const { id, sessionId } = ctx.person;
  const limit = createLimit(database, TRIES);
  const wait = await limit.hit(id);
  if (wait !== undefined) {
    throw new Refusal('too-many', 'TOO_MANY_TRIES', { message: `Too many tries. Try again in ${wait} seconds.`, retryAfterSeconds: wait });
  }
  const changed = await changeOwnPassword(database, { userId: id, sessionId, current, next }, (tx) =>
    auditPerson(tx, ctx, { action: 'operations.change-password', subject: id }),
  );
  if (!changed) throw new Refusal('invalid', 'WRONG_PASSWORD', { message: 'That is not your present password.', fields: { current: 'That is not your present password.' } });
  await limit.clear(id);
  return { success: true };
}
