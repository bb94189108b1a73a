import { auditPerson } from '../../kit/record-audit.ts';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { hashToken, linkToken } from '../link-token.ts';

const SELECT = `select delivery_id as "deliveryId", bundle_id as "bundleId", token_hash as "tokenHash"
  from download_link where id = $1 and shop_id = $2`;

/** Its token was derived from a secret that this house no longer has. The customer's own copy still opens. */
const secretChanged = () =>
  new Refusal('conflict', 'LINK_SECRET_CHANGED', {
    message:
      'This link was made under another LINK_SECRET, so we cannot write it down again. Resend the mail: the new one carries a link that opens.',
  });

/** The customer's own link, for an operator to pass on by hand. Audited: whoever holds it can download. */
export async function copyLink(ctx: SignedInContext, linkId: string): Promise<{ url: string }> {
  const { database, settings } = ctx.services;
  const link = await database.sql.row<{ deliveryId: string; bundleId: string; tokenHash: Buffer }>(
    'link-to-copy',
    SELECT,
    [linkId, ctx.person.shopId],
  );
  if (!link) throw notFound('link');
  const token = linkToken(settings.linkSecret, link);
  if (!hashToken(token).equals(link.tokenHash)) throw secretChanged();
  await auditPerson(database.sql, ctx, { action: 'approvals.copy-link', subject: linkId });
  return { url: `${settings.publicUrl}/d/${token}` };
}
