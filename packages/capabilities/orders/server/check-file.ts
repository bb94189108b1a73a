import { createHash } from 'node:crypto';
import type { Person } from '@windlass/auth/principal';
import type { Database } from '@windlass/db/open-database';
import { newId } from '@windlass/db/ids';
import type { Tx } from '@windlass/db/sql';
import { MOST_BYTES } from '../csv/columns.ts';
import type { CollectedOrder } from '../csv/collect-orders.ts';
import { readFile } from '../csv/read-file.ts';
import { refuseFile } from '../csv/refuse-file.ts';
import { MOST_FAULTS_SHOWN } from '../intake-contract.ts';

export type UploadedFile = { name: string; bytes: AsyncIterable<Uint8Array> };

const INSERT = `insert into order_import (id, shop_id, file_name, file_hash, size_bytes, encoding, line_count, order_count, faulty_orders, fault_count,
    faults, left_out, created_by)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`;
const STAGE = `insert into order_import_row (import_id, position, order_id, reference, line, data)
  select $1, * from unnest($2::int[], $3::text[], $4::text[], $5::int[], $6::jsonb[])`;

const AT_ONCE = 2_000;

/**
 * Reads an upload to its end, finds every fault, and keeps what could be imported aside. No order is made. Throws a refusal with
 * its line for a file that cannot be read; nothing is kept then.
 */
export async function checkFile(database: Database, person: Person, file: UploadedFile): Promise<{ id: string }> {
  const measured = measure(file.bytes);
  const read = await readFile(measured.bytes);
  const { hash, size } = measured.result();
  const id = newId('imp');
  await database.transaction(async (tx) => {
    await tx.rows('keep-order-import', INSERT, [
      id, person.shopId, file.name, hash, size, read.encoding, read.lineCount, read.orders.length, read.faultyOrders, read.faultCount,
      JSON.stringify(read.faults.slice(0, MOST_FAULTS_SHOWN)), JSON.stringify(read.leftOut.slice(0, 50)), person.id,
    ]);
    for (let from = 0; from < read.orders.length; from += AT_ONCE) await stage(tx, id, { from, orders: read.orders.slice(from, from + AT_ONCE) });
  });
  return { id };
}

const stage = (tx: Tx, importId: string, { from, orders }: { from: number; orders: readonly CollectedOrder[] }) =>
  tx.rows('stage-orders', STAGE, [
    importId,
    orders.map((_, i) => from + i),
    orders.map(({ orderId }) => orderId),
    orders.map(({ reference }) => reference),
    orders.map(({ line }) => line),
    orders.map(({ order }) => JSON.stringify(order)),
  ]);

/** Counts and hashes what passes, and stops a file that does not end. */
function measure(source: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256');
  let size = 0;
  let lines = 1;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for await (const piece of source) {
      size += piece.length;
      if (size > MOST_BYTES) throw refuseFile('FILE_TOO_LARGE', 'here the file passes 10 MB, the most there may be. Split it into several files.', lines);
      for (let at = piece.indexOf(0x0a); at >= 0; at = piece.indexOf(0x0a, at + 1)) lines += 1;
      hash.update(piece);
      yield piece;
    }
  }
  return { bytes: bytes(), result: () => ({ hash: hash.digest(), size }) };
}
