import type { Database } from '@windlass/db/open-database';
import type { Composed, Composer } from '../../kit/compose-message.ts';
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
    select l.id, l.delivery_id, asked.hash, l.kind, u.name as "personName", h.name as "shopName", h.mail_from as "mailFrom",
      l.used_at is null and l.voided_at is null and u.disabled_at is null and u.removed_at is null
        and l.created_at > now() - interval '1 day' and (l.kind <> 'invitation' or u.invited_email is not null) as live,
      l.kind = 'invitation' and exists (select 1 from app_user k where k.email = u.invited_email) as known
    from unnest($1::text[], $2::bytea[]) as asked(delivery_id, hash)
      join account_link l on l.delivery_id = asked.delivery_id
      join app_user u on u.id = l.user_id join shop h on h.id = u.shop_id),
  begun as (
    update account_link l set expires_at = now() + interval '${ACCOUNT_LINK_MINUTES} minutes', token_hash = facts.hash
      from facts
    where l.id = facts.id and facts.live and not facts.known and l.used_at is null and l.voided_at is null)
  select delivery_id as "deliveryId", kind, "personName", "shopName", "mailFrom", live, known from facts`;
type Facts = AccountMailFacts & {
  deliveryId: string;
  kind: 'invitation' | 'password-reset';
  live: boolean;
  known: boolean;
};

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
  async (deliveries) => {
    const tokens = deliveries.map(({ id }) => accountToken(settings.linkSecret, id));
    const rows = await database.sql.rows<Facts>('facts-for-account-mails', BEGIN, [
      deliveries.map(({ id }) => id),
      tokens.map(hashToken),
    ]);
    const facts = new Map(rows.map((row) => [row.deliveryId, row]));
    return Promise.all(deliveries.map(({ id }, i) => render(facts.get(id), settings.publicUrl, tokens[i]!)));
  };

async function render(facts: Facts | undefined, publicUrl: string, token: string): Promise<Composed> {
  if (!facts?.live) return { nothing: ENDED };
  if (facts.known) return renderAddressKnown(facts);
  // Behind the #, which browsers send to nobody: no server, proxy or log sees it, and whoever merely fetches the page
  // uses nothing up.
  return facts.kind === 'invitation'
    ? renderInvitation(facts, `${publicUrl}/invite#${token}`)
    : renderPasswordReset(facts, `${publicUrl}/reset#${token}`);
}
