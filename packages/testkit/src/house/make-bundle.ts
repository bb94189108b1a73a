import { createHash } from 'node:crypto';
import { newId } from '@windlass/db/ids';
import { ZipFile } from 'yazl';
import type { Shop } from './make-shop.ts';
import type { House } from './start-house.ts';

export type Bundle = {
  id: string;
  sku: string;
  name: string;
  fileName: string;
  objectKey: string | null;
  bytes: Buffer;
  sha256: string;
};

const INSERT = `insert into bundle (id, shop_id, sku, name, object_key, file_name, size_bytes, sha256, contents)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

export type BundleWish = {
  name?: string;
  fileName?: string;
  /** False: announced, its file still to come. */ ready?: boolean;
  /** In it, besides a short text. Default 5,000. */ noiseBytes?: number;
};

/** A bundle of the shop: a real ZIP in storage, and its row. */
export async function makeBundle(
  house: House,
  shop: Pick<Shop, 'id'>,
  { name = 'Paper & "Signal"', fileName = 'paper.zip', ready = true, noiseBytes = 5_000 }: BundleWish = {},
): Promise<Bundle> {
  const id = newId('bnd');
  const sku = `SKU-${id.slice(-8)}`;
  const files = [
    { name: 'read me.txt', bytes: Buffer.from(`bundle ${id}\n`) },
    { name: 'noise.bin', bytes: createHash('shake256', { outputLength: noiseBytes }).update(id).digest() },
  ];
  const bytes = await zip(files);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const objectKey = ready ? `bundles/${id}/bundle.zip` : null;
  if (objectKey) await house.storage.put(objectKey, asSource(bytes));
  await house.database.sql.rows('test-bundle', INSERT, [
    id,
    shop.id,
    sku,
    name,
    objectKey,
    fileName,
    ready ? bytes.length : 0,
    ready ? sha256 : null,
    JSON.stringify(files.map((file) => ({ name: file.name, sizeBytes: file.bytes.length }))),
  ]);
  return { id, sku, name, fileName, objectKey, bytes, sha256 };
}

async function* asSource(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function zip(files: { name: string; bytes: Buffer }[]): Promise<Buffer> {
  const archive = new ZipFile();
  for (const file of files) archive.addBuffer(file.bytes, file.name);
  archive.end();
  const chunks: Buffer[] = [];
  for await (const chunk of archive.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
