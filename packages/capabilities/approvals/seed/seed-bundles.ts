import { Readable } from 'node:stream';
import { newId } from '@windlass/db/ids';
import { ZipFile } from 'yazl';
import type { DemoShop } from '../../kit/demo-shop.ts';
import { type DemoBundle, demoBundles } from './demo-bundles.ts';

const INSERT = `insert into bundle (id, shop_id, sku, name, object_key, file_name, size_bytes, sha256, contents)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

/** The date inside every archive: the same files give the same bytes, whenever the demo is made. */
const PACKED_AT = new Date('2026-01-01T12:00:00Z');

/** Packs and stores each demo bundle, one file in memory at a time. */
export async function seedBundles({ database, storage, shopId }: DemoShop): Promise<void> {
  for (const bundle of demoBundles) {
    const id = newId('bnd');
    const key = `bundles/${id}/${bundle.fileName}`;
    const contents: { name: string; sizeBytes: number }[] = [];
    const { size, sha256 } = await storage.put(key, pack(bundle, contents), { contentType: 'application/zip' });
    await database.sql.rows('seed-bundle', INSERT, [
      id,
      shopId,
      bundle.sku,
      bundle.name,
      key,
      bundle.fileName,
      size,
      sha256,
      JSON.stringify(contents),
    ]);
  }
  // Announced and sold, its file still to come: the mail lists it without a link.
  await database.sql.rows('seed-bundle', INSERT, [
    newId('bnd'),
    shopId,
    'REC-WINTER',
    'Field recordings: winter (pre-order)',
    null,
    'field-recordings-winter.zip',
    0,
    null,
    '[]',
  ]);
}

function pack(bundle: DemoBundle, contents: { name: string; sizeBytes: number }[]): Readable {
  const zip = new ZipFile();
  for (const file of bundle.files) {
    zip.addReadStreamLazy(
      file.name,
      { mtime: PACKED_AT, mode: 0o100644, compress: file.name.endsWith('.svg') },
      (done) => {
        const bytes = file.make();
        contents.push({ name: file.name, sizeBytes: bytes.length });
        done(null, Readable.from([bytes]));
      },
    );
  }
  zip.end();
  return zip.outputStream as Readable;
}
