import { createLimit } from '@windlass/auth/limits';
import { faultOfPassword } from '@windlass/auth/passwords';
import { changeOwnPassword, findOwnHash } from '@windlass/auth/people';
import type { z } from 'zod';
import { auditPerson } from '../../kit/record-audit.ts';
import { Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import type { changePasswordInput } from '../contract.ts';
import { recordSessionsEnded } from './end-sessions.ts';
import { voidAccountLinks } from './send-account-mail.ts';

/** As many as at the sign-in: whoever finds an open screen does not guess the password there either. */
const TRIES = { name: 'change-password', points: 5, seconds: 300 };

/** A person's own password. Their other sessions end, and links to choose one are void; this session goes on. */
export async function changePassword(
  ctx: SignedInContext,
  { current, next }: z.output<typeof changePasswordInput>,
): Promise<{ success: true }> {
  const { database } = ctx.services;
  const { id, sessionId } = ctx.person;
  const turn = { lane: 'known', from: id } as const;
  const limit = createLimit(database, TRIES);
  const wait = await limit.hit(id);
  if (wait !== undefined) {
    throw new Refusal('too-many', 'TOO_MANY_TRIES', {
      message: `Too many tries. Try again in ${wait} seconds.`,
      retryAfterSeconds: wait,
    });
  }
  const hash = await findOwnHash(database.sql, { userId: id, password: current }, turn);
  if (!hash) throw wrongPassword();
  await limit.clear(id);
  const fault = await faultOfPassword(database.sql, { userId: id, password: next }, turn);
  if (fault) throw new Refusal('invalid', 'PASSWORD_REFUSED', { message: fault, fields: { next: fault } });
  const changed = await changeOwnPassword(database, { userId: id, sessionId, hash, next }, async (tx) => {
    await voidAccountLinks(tx, id, ctx.person);
    await recordSessionsEnded(tx, ctx.person);
    await auditPerson(tx, ctx, { action: 'operations.change-password', subject: id });
  });
  if (!changed) throw wrongPassword();
  return { success: true };
}

const wrongPassword = () =>
  new Refusal('invalid', 'WRONG_PASSWORD', {
    message: 'That is not your present password.',
    fields: { current: 'That is not your present password.' },
  });
