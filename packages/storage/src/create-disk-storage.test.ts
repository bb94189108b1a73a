import { createHash } from 'node:crypto';
import { appendFile, mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { until } from '@windlass/testkit/until';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDiskStorage } from './create-disk-storage.ts';
import type { Storage } from './storage.ts';

let root: string;
let storage: Storage;

beforeEach(async () => {
  root = join(await mkdtemp(join(tmpdir(), 'windlass-storage-')), 'objects');
  storage = createDiskStorage(root);
});

afterEach(async () => {
  await storage.close();
  await rm(join(root, '..'), { recursive: true });
});

async function read(key: string, range?: { start: number; end: number }): Promise<string> {
  const { stream } = await storage.open(key, range);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

async function unfinished(): Promise<string[]> {
  return readdir(join(root, '.unfinished'));
}

test('what is put comes back, with its size and sha256', async () => {
  const written = await storage.put(
    'artwork/art_1/original',
    Readable.from(['hello ', 'world'].map((text) => Buffer.from(text))),
  );
  expect(written).toEqual({ size: 11, sha256: createHash('sha256').update('hello world').digest('hex') });
  expect(await read('artwork/art_1/original')).toBe('hello world');
  expect(await storage.head('artwork/art_1/original')).toEqual({ size: 11, modifiedAt: expect.any(Date) });
  expect(await unfinished()).toEqual([]);
});

test('an empty object is an object', async () => {
  expect((await storage.put('empty', Readable.from([]))).size).toBe(0);
  expect(await read('empty')).toBe('');
  expect(await storage.head('empty')).toMatchObject({ size: 0 });
});

test('a range gives exactly its bytes and the size of the whole', async () => {
  await storage.put('a', Readable.from([Buffer.from('0123456789')]));
  expect(await read('a', { start: 2, end: 4 })).toBe('234');
  expect(await read('a', { start: 9, end: 9 })).toBe('9');
  const { stream, size } = await storage.open('a', { start: 0, end: 0 });
  stream.destroy();
  expect(size).toBe(10);
});

test('a source that fails half-way leaves nothing visible and nothing behind, and its own error comes through', async () => {
  const lost = new Error('client went away');
  async function* failing() {
    yield Buffer.alloc(100_000);
    expect(await storage.head('a/b')).toBeNull();
    throw lost;
  }
  await expect(storage.put('a/b', failing())).rejects.toBe(lost);
  expect(await storage.head('a/b')).toBeNull();
  expect(await unfinished()).toEqual([]);
});

test('a failed replacement leaves the old object as it was', async () => {
  await storage.put('a', Readable.from([Buffer.from('old')]));
  async function* failing() {
    yield Buffer.from('new and unfinished');
    expect(await read('a')).toBe('old');
    throw new Error('no');
  }
  await expect(storage.put('a', failing())).rejects.toThrow('no');
  expect(await read('a')).toBe('old');
});

test('a reader that began before a replacement reads the old object to its end', async () => {
  await storage.put('a', Readable.from([Buffer.alloc(1_000_000, 'o')]));
  const { stream } = await storage.open('a');
  await storage.put('a', Readable.from([Buffer.from('new')]));
  let length = 0;
  for await (const chunk of stream) length += (chunk as Buffer).length;
  expect(length).toBe(1_000_000);
  expect(await read('a')).toBe('new');
});

test('64 MB pass through in both directions without piling up in memory', async () => {
  const MB = 1024 * 1024;
  // Garbage not yet collected is no leak, and how much of it there is depends on the machine's mood: collect, then
  // measure.
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const held = () => {
    collect();
    return process.memoryUsage().arrayBuffers;
  };
  // What earlier tests left is freed piece by piece.
  let before = held();
  await until('nothing is freed any more', () => {
    const was = before;
    before = held();
    return before === was;
  });
  let peak = 0;
  async function* big() {
    for (let i = 0; i < 64; i += 1) {
      if (i % 8 === 7) peak = Math.max(peak, held() - before);
      yield Buffer.alloc(MB, i);
    }
  }
  expect((await storage.put('big', big())).size).toBe(64 * MB);

  const { stream } = await storage.open('big');
  let read = 0;
  for await (const chunk of stream) {
    read += (chunk as Buffer).length;
    if (read % (8 * MB) === 0) peak = Math.max(peak, held() - before);
  }
  expect(read).toBe(64 * MB);
  expect(peak).toBeGreaterThan(0);
  // The system frees a few buffers late even after a collection; holding the object would show as 64 MB.
  expect(peak).toBeLessThan(32 * MB);
});

test('a missing object is NOT_FOUND to open, null to head, and nothing to remove', async () => {
  await expect(storage.open('missing')).rejects.toMatchObject({ code: 'NOT_FOUND', key: 'missing' });
  expect(await storage.head('missing')).toBeNull();
  await storage.remove('missing');
});

test('a folder on the way to an object is not an object', async () => {
  await storage.put('a/b', Readable.from([Buffer.from('x')]));
  await expect(storage.open('a')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(storage.open('a/b/c')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await storage.head('a')).toBeNull();
  expect(await storage.head('a/b/c')).toBeNull();
});

test('a removed object is gone', async () => {
  await storage.put('a', Readable.from([Buffer.from('x')]));
  await storage.remove('a');
  expect(await storage.head('a')).toBeNull();
});

const BAD_KEYS = [
  '',
  '/a',
  'a/',
  'a//b',
  '../a',
  'a/../b',
  'a/..',
  '.unfinished/a',
  'a/.b',
  'A',
  'a b',
  'a\0',
  'a\\b',
  'ä',
  'a%2f',
  'a'.repeat(513),
];

test.each(BAD_KEYS)('the key %j is refused everywhere before the disk is touched', async (key) => {
  await expect(storage.put(key, Readable.from([]))).rejects.toThrow(TypeError);
  await expect(storage.open(key)).rejects.toThrow(TypeError);
  await expect(storage.head(key)).rejects.toThrow(TypeError);
  await expect(storage.remove(key)).rejects.toThrow(TypeError);
});

test('a store that cannot be written to is UNAVAILABLE, to put and to probe', async () => {
  await writeFile(root, 'a file where the folder should be');
  await expect(storage.put('a', Readable.from([Buffer.from('x')]))).rejects.toMatchObject({
    name: 'StorageError',
    code: 'UNAVAILABLE',
  });
  await expect(storage.probe()).rejects.toMatchObject({ name: 'StorageError' });
});

test('probe leaves nothing behind and sweeps what a crash left ten minutes ago, not what is being written', async () => {
  await storage.probe();
  const folder = join(root, '.unfinished');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'abandoned'), 'x');
  await writeFile(join(folder, 'under-way'), 'x');
  const tenMinutesAgo = new Date(Date.now() - 10 * 60_000);
  await utimes(join(folder, 'abandoned'), tenMinutesAgo, tenMinutesAgo);
  await storage.probe();
  expect(await unfinished()).toEqual(['under-way']);
  expect(await readdir(join(root, 'probe'))).toEqual([]);
});

test('a disk cannot sign URLs', async () => {
  expect(await storage.presign('a', { seconds: 60 })).toBeNull();
});

test('a file that came in over many requests becomes an object without a copy, and is gone from where it lay', async () => {
  const { uploads } = storage;
  if (uploads.kind !== 'folder') throw new Error('a disk has a folder');
  await mkdir(uploads.folder, { recursive: true });
  const file = join(uploads.folder, 'upl_1');
  await writeFile(file, 'first ');
  await appendFile(file, 'second');
  expect(await uploads.adopt(file, 'artwork/large')).toEqual({ size: 12 });
  expect(await read('artwork/large')).toBe('first second');
  expect(await readdir(uploads.folder)).toEqual([]);
  await expect(uploads.adopt(file, 'artwork/again')).rejects.toMatchObject({ name: 'StorageError' });
});
