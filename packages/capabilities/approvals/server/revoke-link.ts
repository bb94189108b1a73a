import { LIVE_WAKE } from '@windlass/live/event';
import { auditPerson } from '../../kit/record-audit.ts';
import { notFound } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { iso } from '../../kit/sql-text.ts';
import { linkRevoked } from '../events.ts';
import { recordWithin } from '@windlass/live/record-within';

const REVOKE = `with revoked as (
    update download_link set revoked_at = coalesce(revoked_at, now()), revoked_by = coalesce(revoked_by, $3)
    where id = $1 and shop_id = $2 returning id, shop_id, order_id, revoked_at),
  told as (
    ${recordWithin(linkRevoked, { from: 'revoked', subject: 'order_id', data: { linkId: 'id', by: '$4::text' } })})
  select case when revoked_at + make_interval(secs => $5::float8) > now() then ${iso('(revoked_at + make_interval(secs => $5::float8))')} end as "undoUntil" from revoked`;

/** Closes a link at once; it opens nothing while it can still be undone. The customer's page says it has expired. */
export async function revokeLink(
  ctx: SignedInContext,
  linkId: string,
): Promise<{ state: 'revoked'; undoUntil: string | null }> {
  const { database, settings } = ctx.services;
  return database.transaction(async (tx) => {
    const row = await tx.row<{ undoUntil: string | null }>('revoke-link', REVOKE, [
      linkId,
      ctx.person.shopId,
      ctx.person.id,
      ctx.person.name,
      settings.undoSeconds,
    ]);
    if (!row) throw notFound('link');
    tx.wake(LIVE_WAKE);
    await auditPerson(tx, ctx, { action: 'approvals.revoke-link', subject: linkId });
    return { state: 'revoked' as const, undoUntil: row.undoUntil };
  });
}
