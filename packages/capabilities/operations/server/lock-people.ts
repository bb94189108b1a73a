import type { Tx } from '@windlass/db/sql';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';

/**
 * Who manages this shop is read under lock, so that admins who take the role from each other at once come one after the
 * other.
 */
const LOCK_ADMINS = `select id from app_user where shop_id = $1 and role = 'admin' and disabled_at is null
  and removed_at is null and invited_email is null
  order by id for update`;
const LOCK_PERSON = `select u.id, u.shop_id as "shopId", h.name as "shopName", u.name,
  coalesce(u.invited_email, u.email) as address, u.role,
    case when u.disabled_at is not null then 'disabled' when u.invited_email is not null then 'invited' else 'active' end as status
  from app_user u join shop h on h.id = u.shop_id
    where u.id = $1 and u.shop_id = $2 and u.removed_at is null for update of u`;

export type LockedPerson = {
  id: string;
  shopId: string;
  shopName: string;
  name: string;
  address: string;
  role: string;
  status: 'invited' | 'active' | 'disabled';
};

/**
 * A person of the caller's shop, locked, with its admins. Whoever asks must still be one of them: two who disable each
 * other at once are not both obeyed. `last`: nobody else manages the shop.
 */
export async function lockPerson(
  tx: Tx,
  ctx: SignedInContext,
  id: string,
): Promise<{ person: LockedPerson; last: boolean }> {
  const admins = await tx.rows<{ id: string }>('lock-admins', LOCK_ADMINS, [ctx.person.shopId]);
  if (!admins.some((admin) => admin.id === ctx.person.id)) {
    throw new Refusal('forbidden', 'ROLE', { message: 'You are no longer an admin of this shop.' });
  }
  const person = await tx.row<LockedPerson>('lock-person', LOCK_PERSON, [id, ctx.person.shopId]);
  if (!person) throw notFound('person');
  return { person, last: admins.length === 1 && admins[0]!.id === id };
}

export const lastAdmin = (): Refusal =>
  new Refusal('invalid', 'LAST_ADMIN', { message: 'A shop needs one admin. Make somebody else admin first.' });
