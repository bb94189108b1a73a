import { acceptInvitation } from '@windlass/auth/people';
import { faultOfPassword, makeHash, storePassword } from '@windlass/auth/passwords';
import { violatedConstraint } from '@windlass/db/sql';
import { recordAudit } from '../../kit/record-audit.ts';
import { Refusal } from '../../kit/refusal.ts';
import type { ServerServices } from '../../kit/server-context.ts';
import type { AccountLinkFacts } from '../account-contract.ts';
import { hashToken, TOKEN_FORM } from '../account-token.ts';
import { endSessionsOf } from './end-sessions.ts';
import { voidAccountLinks } from './send-account-mail.ts';

export type OpenedAccountLink = AccountLinkFacts & { id: string; personId: string; shopId: string };

const FIND = `select l.id, l.kind, u.id as "personId", u.shop_id as "shopId", u.name,
  coalesce(u.invited_email, u.email) as email, h.name as "shopName"
  from account_link l join app_user u on u.id = l.user_id join shop h on h.id = u.shop_id
  where l.token_hash = $1 and l.used_at is null and l.voided_at is null and l.expires_at > now()
    and u.disabled_at is null and u.removed_at is null`;

/** Whose link this is, as long as it opens something. Looking uses nothing up. */
export async function findAccountLink(
  { database }: ServerServices,
  token: string,
): Promise<OpenedAccountLink | undefined> {
  return TOKEN_FORM.test(token)
    ? database.sql.row<OpenedAccountLink>('find-account-link', FIND, [hashToken(token)])
    : undefined;
}

export const linkEnded = (): Refusal =>
  new Refusal('gone', 'LINK_ENDED', {
    message:
      'This link has been used, replaced or outlived. Ask for a new one where you sign in; an invitation is sent again by an admin of your shop.',
  });

/**
 * The person's row first, as whoever disables them or sends a new link does: of those at once one comes first, and the
 * other finds it so.
 */
const LOCK = 'select 1 as yes from app_user where id = $1 and disabled_at is null and removed_at is null for update';
const USE =
  'update account_link set used_at = now() where id = $1 and used_at is null and voided_at is null and expires_at > now() returning id';

/**
 * Sets a password by a link: the link is used up, every other is void, every session ends. Answers the person with the
 * new hash, to sign them in. A password that is refused uses nothing up.
 */
export async function choosePassword(
  { database }: ServerServices,
  link: OpenedAccountLink,
  { password, requestId }: { password: string; requestId: string },
): Promise<{ userId: string; hash: string }> {
  const { personId, shopId } = link;
  const turn = { lane: 'known', from: personId } as const;
  const fault = await faultOfPassword(database.sql, { userId: personId, password }, turn);
  if (fault) throw new Refusal('invalid', 'PASSWORD_REFUSED', { message: fault, fields: { password: fault } });
  const hash = await makeHash(turn, password);
  try {
    await database.transaction(async (tx) => {
      if (
        !(await tx.row('lock-person-of-link', LOCK, [personId])) ||
        !(await tx.row('use-account-link', USE, [link.id]))
      )
        throw linkEnded();
      await storePassword(tx, personId, hash);
      if (link.kind === 'invitation') await acceptInvitation(tx, personId);
      await voidAccountLinks(tx, personId, { id: personId, name: link.name });
      await endSessionsOf(tx, { id: personId, shopId });
      const action = link.kind === 'invitation' ? 'operations.accept-invitation' : 'operations.reset-password';
      await recordAudit(tx, { shopId, actor: { kind: 'person', id: personId }, action, subject: personId, requestId });
    });
  } catch (error) {
    if (violatedConstraint(error) !== 'app_user_email_key') throw error;
    throw new Refusal('conflict', 'ADDRESS_KNOWN', {
      message:
        'You sign in with this address in another shop already, and an address belongs to one shop. Give this shop another one of yours.',
    });
  }
  return { userId: personId, hash };
}
