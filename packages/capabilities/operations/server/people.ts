import { setRoleOf } from '@windlass/auth/people';
import type { Role } from '@windlass/auth/roles';
import type { z } from 'zod';
import { auditPerson } from '../../kit/record-audit.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { iso } from '../../kit/sql-text.ts';
import type { peopleOutput } from '../contract.ts';
import { endSessionsOf } from './end-sessions.ts';
import { lastAdmin, lockPerson } from './lock-people.ts';

const LIST = `select id, name, coalesce(invited_email, email) as email, role, ${iso('created_at')} as "createdAt",
  id = $2 as you,
    case when disabled_at is not null then 'disabled' when invited_email is not null then 'invited' else 'active' end as status
  from app_user where shop_id = $1 and removed_at is null order by name, id limit 500`;

export async function listPeople(ctx: SignedInContext): Promise<z.infer<typeof peopleOutput>> {
  return { rows: await ctx.services.database.sql.rows('list-people', LIST, [ctx.person.shopId, ctx.person.id]) };
}

/** Changes what somebody may do, at once: their sessions end, and they sign in again with the new role. */
export async function setRole(ctx: SignedInContext, input: { id: string; role: Role }): Promise<{ success: true }> {
  await ctx.services.database.transaction(async (tx) => {
    const { person, last } = await lockPerson(tx, ctx, input.id);
    if (last && input.role !== 'admin') throw lastAdmin();
    await setRoleOf(tx, person.id, input.role);
    await endSessionsOf(tx, person);
    await auditPerson(tx, ctx, { action: 'operations.set-role', subject: person.id, data: { role: input.role } });
  });
  return { success: true };
}
