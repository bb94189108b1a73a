import { createLimit } from '@windlass/auth/limits';
import { accountKey } from '@windlass/auth/known-browser';
import { recordAudit } from '../../kit/record-audit.ts';
import type { ServerServices } from '../../kit/server-context.ts';
import { type AccountMail, sendAccountMail } from './send-account-mail.ts';

/**
 * Mails to one account. Past it nothing is sent and nothing is voided, so the newest link goes on working: nobody is
 * kept from it by others.
 */
const MAILS = { name: 'reset-mail', points: 3, seconds: 900 };

const LOCK = `select u.id, u.shop_id as "shopId", h.name as "shopName", u.name, u.email as address
  from app_user u join shop h on h.id = u.shop_id
    where u.email = $1 and u.invited_email is null and u.disabled_at is null and u.removed_at is null for update of u`;

/**
 * Mails a link to choose a new password where somebody signs in with this address. Nobody is told whether that is so.
 */
export async function requestReset(
  { database, settings }: ServerServices,
  email: string,
  requestId: string,
): Promise<void> {
  const address = email.toLowerCase();
  if ((await createLimit(database, MAILS).hit(accountKey(address))) !== undefined) return;
  await database.transaction(async (tx) => {
    const person = await tx.row<AccountMail['person']>('lock-person-by-address', LOCK, [address]);
    if (!person) return;
    await sendAccountMail(tx, { person, kind: 'password-reset', by: null, requestId, linkSecret: settings.linkSecret });
    await recordAudit(tx, {
      shopId: person.shopId,
      actor: { kind: 'system', id: null },
      action: 'operations.request-reset',
      subject: person.id,
      requestId,
    });
  });
}
