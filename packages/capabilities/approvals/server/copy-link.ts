import { missing } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { auditPerson } from '../../kit/record-audit.ts';
import { linkToken } from '../link-token.ts';

const SELECT = `select delivery_id as "deliveryId", bundle_id as "bundleId" from download_link where id = $1 and shop_id = $2`;

/** The customer's own link, for an operator to pass on by hand. Audited: whoever holds it can download. */
export async function copyLink(ctx: SignedInContext, linkId: string): Promise<{ url: string }> {
  const { database, settings } = ctx.services;
  const link = await database.sql.row<{ deliveryId: string; bundleId: string }>('link-to-copy', SELECT, [linkId, ctx.person.shopId]);
  if (!link) throw missing('link');
  await auditPerson(database.sql, ctx, { action: 'approvals.copy-link', subject: linkId });
  return { url: `${settings.publicUrl}/d/${linkToken(settings.linkSecret, link)}` };
}
