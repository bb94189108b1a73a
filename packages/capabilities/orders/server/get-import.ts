import { notFound } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { iso } from '../../kit/sql-text.ts';
import type { OrderImport } from '../intake-contract.ts';
import { knownReference } from '../known-reference.ts';

const PREVIEW_ORDERS = 5;

const PREVIEW = `(select coalesce(json_agg(json_build_object('reference', r.reference, 'line', r.line, 'customerName', r.data->'customer'->>'name',
    'customerEmail', r.data->'customer'->>'email', 'currency', r.data->>'currency',
    'totalMinor', (select sum((l->>'quantity')::bigint * (l->>'unitMinor')::bigint)
      from jsonb_array_elements(r.data->'lines') l),
    'lineCount', jsonb_array_length(r.data->'lines'),
    'bundleCount', (select count(*) from jsonb_array_elements(r.data->'lines') l
      join bundle b on b.shop_id = $2 and b.sku = l->>'sku'),
    'known', ${knownReference({ shop: '$2', row: 'r' })}) order by r.position), '[]')
  from (select * from order_import_row where import_id = i.id order by position limit ${PREVIEW_ORDERS}) r)`;

/** Counted only while there is something to decide: a running import is looked at ten times a second. */
const NEW = `(select count(*)::int from order_import_row r
  where r.import_id = i.id and not ${knownReference({ shop: '$2', row: 'r' })})`;

const BEFORE = `(select json_build_object('at', ${iso('p.finished_at')}, 'by', pu.name, 'orders', p.imported_count)
  from order_import p join app_user pu on pu.id = p.created_by
  where p.shop_id = i.shop_id and p.file_hash = i.file_hash and p.state = 'imported' and p.id <> i.id
    order by p.finished_at desc limit 1)`;

const SELECT = `select i.id, i.file_name as "fileName", i.size_bytes as "sizeBytes", i.encoding, i.state,
  ${iso('i.created_at')} as "createdAt",
    u.name as "createdBy", i.line_count as "lineCount", i.order_count as "orderCount",
    case when i.state = 'checked' then ${NEW} else 0 end as "newCount",
    i.faulty_orders as "faultyOrders", i.fault_count as "faultCount", i.faults, i.remarks, i.left_out as "leftOut",
    i.state = 'checked' and i.needs_columns as "needsColumns",
    i.state = 'checked' and i.job_id is null
      and exists (select 1 from order_import_file f where f.import_id = i.id) as "canChoose",
    (select json_build_object('at', ${iso('i.columns_chosen_at')}, 'by', cu.name, 'byMe', cu.id = $3)
      from app_user cu where cu.id = i.columns_chosen_by) as "columnsChosen",
    case when i.state = 'checked' then ${PREVIEW} else '[]' end as preview,
    case when i.state = 'checked' then ${BEFORE} end as "importedBefore",
    (select json_build_object('id', j.id, 'state', j.state, 'progress', j.progress, 'progressNote', j.progress_note,
      'errorSentence', j.error_sentence, 'errorHint', j.error_hint) from job j where j.id = i.job_id) as job,
    case when i.state = 'imported' then json_build_object('imported', i.imported_count, 'skipped', i.skipped_count,
      'firstNumber', i.first_number, 'lastNumber', i.first_number + i.imported_count - 1) end as result
  from order_import i join app_user u on u.id = i.created_by where i.id = $1 and i.shop_id = $2`;

/** An upload: its faults and a preview before the import, its progress during, its result after. One statement. */
export async function getImport(ctx: SignedInContext, id: string): Promise<OrderImport> {
  const { sql } = ctx.services.database;
  const row = await sql.row<OrderImport>('get-order-import', SELECT, [id, ctx.person.shopId, ctx.person.id]);
  if (!row) throw notFound('upload');
  return row;
}
