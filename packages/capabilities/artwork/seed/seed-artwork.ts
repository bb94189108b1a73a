import { Readable } from 'node:stream';
import { newId } from '@windlass/db/ids';
import type { DemoShop } from '../../kit/demo-shop.ts';
import { enqueuePrepare } from '../operations.ts';
import { makeCrest } from './make-crest.ts';

const names = [
  'Crew crest',
  'Anniversary mark',
  'Left chest badge',
  'Tour back',
  'Summer festival',
  'Team name',
  'Harbour star',
  'Club emblem',
];
const SIZE = 1200;

const ORDERS = `select id from customer_order where shop_id = $1 order by number limit 4 offset 20`;
const FILE = `insert into artwork_file (id, shop_id, object_key, size_bytes, kind, width, height)
  values ($1, $2, $3, $4, 'png', ${SIZE}, ${SIZE})`;
const ARTWORK = `insert into artwork (id, shop_id, order_id, file_id, name, created_at)
  values ($1, $2, $3, $4, $5, now() - make_interval(hours => $6))`;

/** A few drawings that customers sent; the worker makes their pictures once it runs. */
export async function seedArtwork({ database, storage, shopId }: DemoShop): Promise<void> {
  const orders = await database.sql.rows<{ id: string }>('orders-for-artwork', ORDERS, [shopId]);
  for (const [i, name] of names.entries()) {
    const [artworkId, fileId] = [newId('art'), newId('afl')];
    const orderId = orders[i % orders.length]!.id;
    const objectKey = `artwork/${shopId}/${fileId}`;
    const { size } = await storage.put(objectKey, Readable.from([makeCrest(i + 3, SIZE)]));
    await database.transaction(async (tx) => {
      await tx.rows('seed-artwork-file', FILE, [fileId, shopId, objectKey, size]);
      await tx.rows('seed-artwork', ARTWORK, [artworkId, shopId, orderId, fileId, `${name}.png`, names.length - i]);
      await enqueuePrepare(tx, { id: fileId, shopId, artworkId, round: 1 });
    });
  }
}
