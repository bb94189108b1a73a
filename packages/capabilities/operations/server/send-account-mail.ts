import { newId } from '@windlass/db/ids';
import type { Tx } from '@windlass/db/sql';
import type { AccountMessage } from '../../deliveries/contract.ts';
import { createDelivery, withdrawMessages } from '../../deliveries/operations.ts';
import { accountToken, hashToken } from '../account-token.ts';
import { subjectOf } from '../messages/account-mail.ts';

export type AccountMail = {
  person: { id: string; shopId: string; shopName: string; name: string; address: string };
  kind: AccountMessage;
  /** Who asked for it; null: whoever wants to sign in. */
  by: { id: string; name: string } | null;
  requestId: string | null;
  linkSecret: string;
};

const INSERT = 'insert into account_link (id, user_id, kind, delivery_id, token_hash) values ($1, $2, $3, $4, $5)';

/**
 * Mails somebody a link with which they choose a password; every older one is worth nothing from here on. The person's
 * row is locked by the caller.
 */
export async function sendAccountMail(tx: Tx, { person, kind, by, requestId, linkSecret }: AccountMail): Promise<void> {
  await voidAccountLinks(tx, person.id, by ?? person);
  const id = newId('acl');
  const delivery = await createDelivery(
    tx,
    {
      recipient: { name: person.name, address: person.address },
      subject: subjectOf[kind](person.shopName),
      dedupeKey: `${person.id}:${kind}:${id}`,
    },
    { shopId: person.shopId, kind, holdSeconds: 0, createdBy: by?.id ?? null, requestId },
  );
  await tx.rows('create-account-link', INSERT, [
    id,
    person.id,
    kind,
    delivery!.id,
    hashToken(accountToken(linkSecret, delivery!.id)),
  ]);
}

const VOID = `update account_link set voided_at = now()
  where user_id = $1 and used_at is null and voided_at is null returning delivery_id as "deliveryId"`;

/**
 * The links somebody has been mailed open nothing any more; mails that have not left stay here, and failed ones wait
 * for nobody.
 */
export async function voidAccountLinks(tx: Tx, personId: string, by: { id: string; name: string }): Promise<void> {
  const voided = await tx.rows<{ deliveryId: string }>('void-account-links', VOID, [personId]);
  await withdrawMessages(
    tx,
    voided.map(({ deliveryId }) => deliveryId),
    by,
  );
}
