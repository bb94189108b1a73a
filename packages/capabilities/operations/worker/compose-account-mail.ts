import type { Database } from '@windlass/db/open-database';
import type { Composer } from '../../kit/compose-message.ts';
import { ACCOUNT_LINK_MINUTES } from '../account-life.ts';
import { accountToken, hashToken } from '../account-token.ts';
import {
  type AccountMailFacts,
  renderAddressKnown,
  renderInvitation,
  renderPasswordReset,
} from '../messages/account-mail.ts';

/**
 * The link opens by the token of this mail, whatever LINK_SECRET was when it was asked for. Its hour begins with each
 * try to send it, so that a mail server that was away takes nothing from it; after a day it is too late.
 */
const BEGIN = `with facts as materialized (
    select l.id, l.kind, u.name as "personName", h.name as "shopName", h.mail_from as "mailFrom",
      l.used_at is null and l.voided_at is null and u.disabled_at is null and u.removed_at is null
        and l.created_at > now() - interval '1 day' and (l.kind <> 'invitation' or u.invited_email is not null) as live,
      l.kind = 'invitation' and exists (select 1 from app_user k where k.email = u.invited_email) as known
    from account_link l join app_user u on u.id = l.user_id join shop h on h.id = u.shop_id where l.delivery_id = $1),
  begun as (
    update account_link l set expires_at = now() + interval '${ACCOUNT_LINK_MINUTES} minutes', token_hash = $2
      from facts
    where l.id = facts.id and facts.live and not facts.known and l.used_at is null and l.voided_at is null)
  select kind, "personName", "shopName", "mailFrom", live, known from facts`;
type Facts = AccountMailFacts & { kind: 'invitation' | 'password-reset'; live: boolean; known: boolean };

const ENDED = {
  code: 'LINK_ENDED',
  sentence: 'The link in this message has been used, replaced or outlived, so it was not sent.',
  hint: 'Send a new one from Settings, People, or ask for it where people sign in.',
};

/**
 * Writes the mail that invites somebody or lets them choose a new password. Its token is made here and kept nowhere.
 */
export const composeAccountMail =
  (database: Database, settings: { publicUrl: string; linkSecret: string }): Composer =>
  async (delivery) => {
    const token = accountToken(settings.linkSecret, delivery.id);
    const facts = await database.sql.row<Facts>('facts-for-account-mail', BEGIN, [delivery.id, hashToken(token)]);
    if (!facts?.live) return { nothing: ENDED };
    if (facts.known) return renderAddressKnown(facts);
    // Behind the #, which browsers send to nobody: no server, proxy or log sees it, and whoever merely fetches the page
    // uses nothing up.
    return facts.kind === 'invitation'
      ? renderInvitation(facts, `${settings.publicUrl}/invite#${token}`)
      : renderPasswordReset(facts, `${settings.publicUrl}/reset#${token}`);
  };
