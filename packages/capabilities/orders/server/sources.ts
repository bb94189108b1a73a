import { randomBytes } from 'node:crypto';
import { newId } from '@windlass/db/ids';
import { recordEvents } from '@windlass/live/record-events';
import type { z } from 'zod';
import { auditPerson } from '../../kit/record-audit.ts';
import { notFound, Refusal } from '../../kit/refusal.ts';
import { openSecret, sealSecret } from '../../kit/sealed-secret.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { iso } from '../../kit/sql-text.ts';
import type { addSourceInput, addSourceOutput, OrderSource, setSourceSecretInput } from '../intake-contract.ts';
import { hookUrl } from './shop-systems.ts';
import { sourceRemoved } from '../events.ts';

const LIST = `select s.id, s.system, s.name, s.domain, ${iso('s.created_at')} as "createdAt",
  ${iso('s.last_received_at')} as "lastReceivedAt", s.taken, s.ignored,
    (select count(*)::int from source_order o where o.source_id = s.id and o.shop_id = s.shop_id
      and o.state = 'refused') as refused, s.secret, s.too_large as "tooLarge",
    case when s.last_turned_away_at is not null then json_build_object('at', ${iso('s.last_turned_away_at')}, 'why',
      s.last_turned_away_why) end as "lastRefused"
  from order_source s where s.shop_id = $1 and s.removed_at is null order by s.created_at, s.id limit 200`;
const ADD = `insert into order_source (id, shop_id, system, name, domain, secret, created_by)
  values ($1, $2, $3, $4, $5, $6, $7)`;
const SET_SECRET = `update order_source set secret = $3, last_turned_away_at = null, last_turned_away_why = null
  where id = $1 and shop_id = $2 and removed_at is null returning id`;
/** The secret goes at once; what came from it stays on the record. */
const REMOVE = `update order_source set removed_at = coalesce(removed_at, now()), secret = ''
  where id = $1 and shop_id = $2 returning id`;

/** The shop systems that may send us orders. Their secrets stay here. */
export async function listSources(ctx: SignedInContext): Promise<{ rows: OrderSource[] }> {
  const { database, settings } = ctx.services;
  const rows = await database.sql.rows<Omit<OrderSource, 'url' | 'readable'> & { secret: Buffer }>(
    'list-order-sources',
    LIST,
    [ctx.person.shopId],
  );
  return {
    rows: rows.map(({ secret, ...row }) => ({
      ...row,
      url: hookUrl(settings.publicUrl, row),
      readable: openSecret(secret, { keys: settings.sealKeys, owner: row.id }) !== undefined,
    })),
  };
}

/** Makes a source. A secret that we make up is in the answer and never again; one that was entered is in no answer. */
export async function addSource(
  ctx: SignedInContext,
  input: z.output<typeof addSourceInput>,
): Promise<z.infer<typeof addSourceOutput>> {
  const { database, settings } = ctx.services;
  if (input.system === 'shopify' && !input.secret) {
    throw new Refusal('invalid', 'INVALID', {
      message: 'Enter the secret that Shopify signs with.',
      fields: { secret: 'Shopify makes the secret: copy it from there.' },
    });
  }
  const id = newId('src');
  const secret = input.secret ?? randomBytes(24).toString('base64url');
  const sealed = sealSecret(secret, { keys: settings.sealKeys, owner: id });
  await database.transaction(async (tx) => {
    await tx.rows('add-order-source', ADD, [
      id,
      ctx.person.shopId,
      input.system,
      input.name,
      input.domain || null,
      sealed,
      ctx.person.id,
    ]);
    await auditPerson(tx, ctx, { action: 'orders.add-source', subject: id, data: { system: input.system } });
  });
  return { id, url: hookUrl(settings.publicUrl, { id, system: input.system }), secret: input.secret ? null : secret };
}

/** Replaces the secret, when it was changed over there or cannot be opened here any more. */
export async function setSourceSecret(
  ctx: SignedInContext,
  input: z.output<typeof setSourceSecretInput>,
): Promise<{ success: true }> {
  const { database, settings } = ctx.services;
  const sealed = sealSecret(input.secret, { keys: settings.sealKeys, owner: input.id });
  await database.transaction(async (tx) => {
    if (!(await tx.row('set-source-secret', SET_SECRET, [input.id, ctx.person.shopId, sealed])))
      throw notFound('source');
    await auditPerson(tx, ctx, { action: 'orders.set-source-secret', subject: input.id });
  });
  return { success: true };
}

/** From now on its messages are answered as forged ones. */
export async function removeSource(ctx: SignedInContext, id: string): Promise<{ success: true }> {
  await ctx.services.database.transaction(async (tx) => {
    if (!(await tx.row('remove-order-source', REMOVE, [id, ctx.person.shopId]))) throw notFound('source');
    await recordEvents(tx, [sourceRemoved({ shopId: ctx.person.shopId, subject: id })]);
    await auditPerson(tx, ctx, { action: 'orders.remove-source', subject: id });
  });
  return { success: true };
}
