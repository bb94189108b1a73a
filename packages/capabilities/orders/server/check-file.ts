import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import type { Person } from '@windlass/auth/principal';
import type { Database } from '@windlass/db/open-database';
import { newId } from '@windlass/db/ids';
import { chooseColumns } from '../csv/choose-columns.ts';
import { MOST_BYTES } from '../csv/columns.ts';
import { readFile } from '../csv/read-file.ts';
import { refuseFile } from '../csv/refuse-file.ts';
import { MOST_FAULTS_SHOWN } from '../intake-contract.ts';
import { type KeptChoice, recallChoice } from './recall-choice.ts';
import { stageOrders } from './stage-orders.ts';

export type UploadedFile = { name: string; bytes: AsyncIterable<Uint8Array> };

const INSERT = `insert into order_import (id, shop_id, file_name, file_hash, size_bytes, encoding, line_count,
  order_count, faulty_orders, fault_count,
    faults, left_out, created_by, remarks, needs_columns, columns_chosen_at, columns_chosen_by)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16::timestamptz, $17)`;
const KEEP_FILE = `insert into order_import_file (import_id, body) values ($1, $2)`;

/**
 * Reads an upload to its end, with the columns that were chosen for files of its kind, finds every fault, and keeps
 * what could be imported aside. No order is made. Where nobody can tell its columns, it waits for a person who does.
 * Throws a refusal with its line for a file that cannot be read; nothing is kept then.
 */
export async function checkFile(database: Database, person: Person, file: UploadedFile): Promise<{ id: string }> {
  const measured = measure(file.bytes);
  try {
    let kept: KeptChoice | undefined;
    const read = await readFile(measured.bytes, async (header) => {
      kept = await recallChoice(database.sql, person.shopId, header);
      return kept ? chooseColumns(header, kept.choice) : header;
    });
    const { hash, size, zipped } = await measured.result();
    const id = newId('imp');
    await database.transaction(async (tx) => {
      await tx.rows('keep-order-import', INSERT, [
        id,
        person.shopId,
        file.name,
        hash,
        size,
        read.encoding,
        read.lineCount,
        read.orders.length,
        read.faultyOrders,
        read.faultCount,
        JSON.stringify(read.faults.slice(0, MOST_FAULTS_SHOWN)),
        JSON.stringify(read.leftOut.slice(0, 50)),
        person.id,
        JSON.stringify(read.remarks.slice(0, MOST_FAULTS_SHOWN)),
        read.needsColumns,
        kept?.at ?? null,
        kept?.by ?? null,
      ]);
      await tx.rows('keep-import-file', KEEP_FILE, [id, zipped]);
      await stageOrders(tx, id, read.orders);
    });
    return { id };
  } finally {
    measured.close();
  }
}

/** Counts, hashes and packs what passes, and stops a file that does not end. */
function measure(source: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256');
  const gzip = createGzip({ level: 1 });
  const zipped = buffer(gzip);
  zipped.catch(() => undefined); // of a file that was refused, nobody asks for it
  let size = 0;
  let lines = 1;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for await (const piece of source) {
      size += piece.length;
      if (size > MOST_BYTES)
        throw refuseFile(
          'FILE_TOO_LARGE',
          'here the file passes 10 MB, the most there may be. Split it into several files.',
          lines,
        );
      for (let at = piece.indexOf(0x0a); at >= 0; at = piece.indexOf(0x0a, at + 1)) lines += 1;
      hash.update(piece);
      if (!gzip.write(piece)) await once(gzip, 'drain');
      yield piece;
    }
  }
  const result = async () => {
    gzip.end();
    return { hash: hash.digest(), size, zipped: await zipped };
  };
  return { bytes: bytes(), result, close: () => void gzip.destroy() };
}
