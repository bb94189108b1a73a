import type { Tx } from '@windlass/db/sql';
import type { z } from 'zod';
import { auditPerson } from '../../kit/record-audit.ts';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { chooseColumns as applyChoice, faultsOfChoice } from '../csv/choose-columns.ts';
import { fingerprintOf } from '../csv/column-keys.ts';
import { type ReadFile, readFile } from '../csv/read-file.ts';
import { type chooseColumnsInput, type ColumnChoice, MOST_FAULTS_SHOWN } from '../intake-contract.ts';
import { readKeptFile } from './read-kept-file.ts';
import { stageOrders } from './stage-orders.ts';

const LOCK = `select state, job_id as "jobId" from order_import where id = $1 and shop_id = $2 for update`;
const CLEAR = `delete from order_import_row where import_id = $1`;
const REPLACE = `update order_import set line_count = $2, order_count = $3, faulty_orders = $4, fault_count = $5,
  faults = $6,
    remarks = $7, left_out = $8, needs_columns = $9, columns_chosen_at = case when $10::text is not null then now() end,
      columns_chosen_by = $10
  where id = $1`;
const REMEMBER = `insert into order_column_choice (shop_id, header_hash, choice, chosen_by) values ($1, $2, $3, $4)
  on conflict (shop_id, header_hash) do update
    set choice = excluded.choice, chosen_by = excluded.chosen_by, chosen_at = now()`;
const FORGET = `delete from order_column_choice where shop_id = $1 and header_hash = $2`;

/**
 * Reads an upload anew by the columns a person chose, and remembers them for files of its kind; with none, forgets what
 * was chosen. What was staged of it is replaced. Refused, field by field, where a needed column is not named, and once
 * the import was asked for.
 */
export async function chooseColumns(
  ctx: SignedInContext,
  { id, choice }: z.output<typeof chooseColumnsInput>,
): Promise<{ success: true }> {
  const { shopId } = ctx.person;
  const { database } = ctx.services;
  let hash: Buffer | undefined;
  const read = await readKeptFile(database.sql, { id, shopId }, (bytes) =>
    readFile(bytes, async (header) => {
      hash = fingerprintOf(header.keys);
      if (!choice) return header;
      const fields = faultsOfChoice(header, choice);
      if (Object.keys(fields).length > 0) {
        throw new Refusal('invalid', 'COLUMNS', { message: 'Some columns are not chosen yet.', fields });
      }
      return applyChoice(header, choice);
    }),
  );
  await database.transaction(async (tx) => {
    const upload = await tx.row<{ state: string; jobId: string | null }>('lock-import-columns', LOCK, [id, shopId]);
    if (!upload) throw notFound('upload');
    if (upload.state !== 'checked' || upload.jobId) {
      const message = 'This file was imported, or is too old. Choose it again.';
      throw new Refusal('conflict', 'INVALID_STATE', { message });
    }
    await replaceOrders(tx, id, { read, chosenBy: choice ? ctx.person.id : null });
    await remember(tx, { shopId, hash: hash!, choice, by: ctx.person.id });
    await auditPerson(tx, ctx, {
      action: 'orders.choose-columns',
      subject: id,
      data: { orders: read.orders.length, forgotten: choice === null },
    });
  });
  return { success: true };
}

async function replaceOrders(
  tx: Tx,
  id: string,
  { read, chosenBy }: { read: ReadFile; chosenBy: string | null },
): Promise<void> {
  await tx.rows('clear-staged-orders', CLEAR, [id]);
  const [faults, remarks, leftOut] = [
    read.faults.slice(0, MOST_FAULTS_SHOWN),
    read.remarks.slice(0, MOST_FAULTS_SHOWN),
    read.leftOut.slice(0, 50),
  ].map((list) => JSON.stringify(list));
  await tx.rows('replace-order-import', REPLACE, [
    id,
    read.lineCount,
    read.orders.length,
    read.faultyOrders,
    read.faultCount,
    faults,
    remarks,
    leftOut,
    read.needsColumns,
    chosenBy,
  ]);
  await stageOrders(tx, id, read.orders);
}

type Choice = { shopId: string; hash: Buffer; choice: ColumnChoice | null; by: string };

const remember = (tx: Tx, { shopId, hash, choice, by }: Choice) =>
  choice
    ? tx.rows('remember-column-choice', REMEMBER, [shopId, hash, JSON.stringify(choice), by])
    : tx.rows('forget-column-choice', FORGET, [shopId, hash]);
