import { createPerson, endSessions } from '@windlass/auth/people';
import type { Role } from '@windlass/auth/roles';
import { violatedConstraint } from '@windlass/db/sql';
import { checkAddress } from '@windlass/messaging/check-address';
import type { z } from 'zod';
import { auditPerson } from '../../kit/record-audit.ts';
import { missing, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { iso } from '../../kit/sql-text.ts';
import type { addPersonInput, peopleOutput } from '../contract.ts';

const LIST = `select id, name, email, role, ${iso('created_at')} as "createdAt", id = $2 as you from app_user where shop_id = $1 order by name, id limit 500`;

export async function listPeople(ctx: SignedInContext): Promise<z.infer<typeof peopleOutput>> {
  return { rows: await ctx.services.database.sql.rows('list-people', LIST, [ctx.person.shopId, ctx.person.id]) };
}

export async function addPerson(ctx: SignedInContext, input: z.output<typeof addPersonInput>): Promise<{ success: true }> {
  const address = checkAddress(input.email);
  if (!address.ok) throw new Refusal('invalid', address.code, { message: address.sentence, fields: { email: address.sentence } });
  try {
    await ctx.services.database.transaction(async (tx) => {
      const id = await createPerson(tx, { ...input, email: address.address, shopId: ctx.person.shopId });
      await auditPerson(tx, ctx, { action: 'operations.add-person', subject: id, data: { role: input.role } });
    });
  } catch (error) {
    if (violatedConstraint(error) !== 'app_user_email_key') throw error;
    throw new Refusal('conflict', 'ADDRESS_TAKEN', { message: 'Somebody signs in with this address already.', fields: { email: 'In use already.' } });
  }
  return { success: true };
}

/** Who is admin is read under lock, so that two admins cannot take the last role from each other at once. */
const LOCK_ADMINS = `select id from app_user where shop_id = $1 and role = 'admin' order by id for update`;

/** Changes what somebody may do, at once: their sessions end, and they sign in again with the new role. */
export async function setRole(ctx: SignedInContext, input: { id: string; role: Role }): Promise<{ success: true }> {
  await ctx.services.database.transaction(async (tx) => {
    const admins = await tx.rows<{ id: string }>('lock-admins', LOCK_ADMINS, [ctx.person.shopId]);
    if (input.role !== 'admin' && admins.length === 1 && admins[0]!.id === input.id) {
      throw new Refusal('invalid', 'LAST_ADMIN', { message: 'A shop needs one admin. Make somebody else admin first.' });
    }
    const changed = await tx.row('set-role', 'update app_user set role = $3::role, updated_at = now() where id = $1 and shop_id = $2 returning id', [
      input.id, ctx.person.shopId, input.role,
    ]);
    if (!changed) throw missing('person');
    await endSessions(tx, input.id);
    await auditPerson(tx, ctx, { action: 'operations.set-role', subject: input.id, data: { role: input.role } });
  });
  return { success: true };
}
