import type { Sql } from '@windlass/db/sql';

const PICTURE = `select (exists (select 1 from artwork_file where rendition = $1)
  or exists (select 1 from artwork where proof = $1)) as used`;
const ORIGINAL = `select exists (select 1 from artwork_file where object_key = $1) as used`;
const PICTURE_KEY = /^pictures\/([0-9a-f]{40})\//;

/** Does any artwork, of any shop, still show this object? Equal pictures are one object, whoever sent them. */
export async function objectInUse(sql: Sql, objectKey: string): Promise<boolean> {
  const hash = PICTURE_KEY.exec(objectKey)?.[1];
  const row = hash
    ? await sql.row<{ used: boolean }>('is-picture-in-use', PICTURE, [hash])
    : await sql.row<{ used: boolean }>('is-original-in-use', ORIGINAL, [objectKey]);
  return row!.used;
}
