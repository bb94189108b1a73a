import { createGunzip } from 'node:zlib';
import type { Sql } from '@windlass/db/sql';
import { notFound, Refusal } from '../../kit/refusal.ts';

const FIND = `select f.body from order_import i left join order_import_file f on f.import_id = i.id
  where i.id = $1 and i.shop_id = $2`;

/**
 * Reads an upload's file once more, or as much of it as `read` takes. Refused where it is not kept any more, and
 * answered as missing where there is no such upload.
 */
export async function readKeptFile<Result>(
  sql: Sql,
  { id, shopId }: { id: string; shopId: string },
  read: (bytes: AsyncIterable<Uint8Array>) => Promise<Result>,
): Promise<Result> {
  const upload = await sql.row<{ body: Buffer | null }>('kept-import-file', FIND, [id, shopId]);
  if (!upload) throw notFound('upload');
  if (!upload.body)
    throw new Refusal('conflict', 'NOT_KEPT', { message: 'This file is not kept any more. Choose it again.' });
  const gunzip = createGunzip();
  gunzip.end(upload.body);
  try {
    return await read(gunzip);
  } finally {
    gunzip.destroy();
  }
}
