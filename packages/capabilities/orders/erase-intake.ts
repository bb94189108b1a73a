import type { Sql, Tx } from '@windlass/db/sql';
import { anywhere, ERASED, names, type ForgottenPerson, scrubOf } from '../kit/scrub.ts';
import { mentions } from './mentions.ts';

/** Copies of orders that a file brought, whether they were written or not. */
const ROWS = `with gone as (
    delete from order_import_row r using order_import i
    where i.id = r.import_id and i.shop_id = $1 and (r.order_id = any($3::text[])
      or lower(r.data->'customer'->>'email') = $2)
    returning r.import_id)
  update order_import i set order_count = greatest(i.order_count - n.count, 0)
  from (select import_id, count(*)::int as count from gone group by import_id) n
    where i.id = n.import_id and i.state = 'checked'`;
const FILES = `select id, file_name as "fileName", faults, left_out as "leftOut", remarks from order_import
  where shop_id = $1 and concat_ws(' ', file_name, faults::text, left_out::text, remarks::text) ilike any($2::text[])`;
const KEEP_FILE = `update order_import set file_name = $2, faults = $3, left_out = $4, remarks = $5 where id = $1`;

/**
 * Whole files, in whatever encoding: all of the shop's go, so that nothing in them is overlooked. They are of a day.
 */
const DROP_FILES = `delete from order_import_file f using order_import i where i.id = f.import_id and i.shop_id = $1`;

const KEPT = `select id, body, reference, reason
  from source_order where shop_id = $1 and id > $2 and (body is not null or reason is not null) order by id limit 10`;
/** The order's own id over there stays: the same order sent again has no effect. */
const SETTLE = `update source_order set state = case when state = 'taken' then state else 'dismissed' end, body = null,
  reference = null, reason = '${ERASED}', settled_at = coalesce(settled_at, now())
  where id = any($1::text[])`;
const TOLD = `update source_order set reference = null where order_id = any($1::text[]) and exists (
  select 1 from unnest($2::text[]) t where length(t) > 2 and position(lower(t) in lower(reference)) > 0)`;
type Kept = { id: string; body: Buffer | null; reference: string | null; reason: string | null };

/**
 * Takes a person out of what came in: staged orders of files, faults that quote them, refused messages of shop systems.
 */
export async function eraseIntake(tx: Tx, { shopId, address, orderIds, texts }: ForgottenPerson): Promise<void> {
  await tx.rows('erase-staged-orders', ROWS, [shopId, address, orderIds]);
  const { text, json } = scrubOf(texts);
  const patterns = texts.filter((one) => one.length > 2).map(anywhere);
  for (const file of await tx.rows<{
    id: string;
    fileName: string;
    faults: unknown;
    leftOut: unknown;
    remarks: unknown;
  }>('files-of-person', FILES, [shopId, patterns])) {
    await tx.rows('erase-file', KEEP_FILE, [
      file.id,
      text(file.fileName),
      ...[file.faults, file.leftOut, file.remarks].map((kept) => JSON.stringify(json(kept))),
    ]);
  }
  await tx.rows('drop-files', DROP_FILES, [shopId]);
  await tx.rows('erase-taken-references', TOLD, [orderIds, texts]);
  const messages = await findMessages(tx, { shopId, address });
  await tx.rows('erase-messages', SETTLE, [messages.map(({ id }) => id)]);
}

/** Kept messages that name an address, found by reading each: JSON can write it in many ways. */
async function findMessages(sql: Sql, { shopId, address }: { shopId: string; address: string }): Promise<Kept[]> {
  const found: Kept[] = [];
  for (let after = ''; ;) {
    const kept = await sql.rows<Kept>('kept-messages', KEPT, [shopId, after]);
    if (kept.length === 0) return found;
    after = kept.at(-1)!.id;
    found.push(
      ...kept.filter(
        ({ body, reference, reason }) =>
          mentions(body, address) || [reference, reason].some((words) => words !== null && names(words, address)),
      ),
    );
  }
}

const STAGED = `select i.file_name as file, r.reference, r.data as "order"
  from order_import_row r join order_import i on i.id = r.import_id
  where i.shop_id = $1 and lower(r.data->'customer'->>'email') = $2
    and not exists (select 1 from customer_order o where o.id = r.order_id)`;

/** What came in about a person and is no order, or not yet. */
export async function collectIntake(sql: Sql, who: { shopId: string; address: string }): Promise<object[]> {
  const messages = await findMessages(sql, who);
  const staged = await sql.rows<object>('staged-orders-of-person', STAGED, [who.shopId, who.address]);
  return [
    ...messages.map(({ reference, reason, body }) => ({ reference, reason, message: body?.toString('utf8') ?? null })),
    ...staged,
  ];
}
