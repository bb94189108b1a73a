import type { Database } from '@windlass/db/open-database';
import { SHOP_ID } from './make-shop.ts';

const ORDER = `insert into customer_order (id, shop_id, number, customer_name, customer_email, search_text, currency,
  total_minor, line_count)
  values ('ord_artwork', '${SHOP_ID}', 2000000000, 'Bench', 'bench@bench.test', 'bench #2000000000', 'EUR', 1900, 0) on conflict do nothing`;
const FILES = `insert into artwork_file (id, shop_id, object_key, size_bytes, kind, state, width, height, thumbhash,
  rendition, ready_at)
  select 'afl_' || lpad(i::text, 26, '0'), '${SHOP_ID}', x.key, x.bytes, 'jpeg', x.state::artwork_file_state, x.width,
    x.height, x.thumbhash, x.rendition, now()
  from unnest($1::text[], $2::bigint[], $3::text[], $4::int[], $5::int[], $6::text[], $7::text[]) with ordinality
    as x(key, bytes, state, width, height, thumbhash, rendition, i)`;
const ARTWORKS = `insert into artwork (id, shop_id, order_id, file_id, name, created_at)
  select 'art_' || right(f.id, 26), '${SHOP_ID}', 'ord_artwork', f.id,
    'Photo ' || ltrim(right(f.id, 26), '0') || '.jpg', now() - make_interval(secs => right(f.id, 10)::int)
  from artwork_file f where f.shop_id = '${SHOP_ID}'`;

export type FileWish = {
  objectKey: string;
  sizeBytes: number;
  state: 'waiting' | 'ready';
  width: number;
  height: number;
  thumbhash: string | null;
  rendition: string | null;
};
export const ORDER_ID = 'ord_artwork';

/** An order with so many artworks, one of each file. Answers nothing: their ids end in their number. */
export async function makeArtwork(eyes: Database, files: readonly FileWish[]): Promise<void> {
  await eyes.sql.rows('bench-artwork-order', ORDER);
  await eyes.sql.rows('bench-artwork-files', FILES, [
    files.map((file) => file.objectKey),
    files.map((file) => file.sizeBytes),
    files.map((file) => file.state),
    files.map((file) => file.width),
    files.map((file) => file.height),
    files.map((file) => file.thumbhash),
    files.map((file) => file.rendition),
  ]);
  await eyes.sql.rows('bench-artworks', ARTWORKS);
}
export const fileId = (n: number): string => `afl_${String(n).padStart(26, '0')}`;
export const artworkId = (n: number): string => `art_${String(n).padStart(26, '0')}`;
