import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { fingerprint } from './fingerprint.ts';

const changedAt = (bytes: Buffer, at: number) => {
  const other = Buffer.from(bytes);
  other[at]! ^= 1;
  return new Blob([other]);
};

test('one byte at the beginning, in the middle or at the end makes another file of it', async () => {
  for (const size of [1, 100, 65_536, 130_000, 196_608, 5_000_000]) {
    const bytes = randomBytes(size);
    const own = await fingerprint(new Blob([bytes]));
    expect(own).toMatch(/^[0-9a-f]{8}$/);
    expect(await fingerprint(new Blob([bytes])), String(size)).toBe(own);
    for (const at of [0, Math.floor(size / 2), size - 1])
      expect(await fingerprint(changedAt(bytes, at)), `${at} of ${size}`).not.toBe(own);
  }
});

test('it is FNV-1a, as its authors’ own figures have it', async () => {
  expect(await Promise.all(['', 'a', 'foobar'].map((text) => fingerprint(new Blob([text]))))).toEqual([
    '811c9dc5',
    'e40c292c',
    'bf9cf968',
  ]);
});

test('of a large file it reads three pieces only', async () => {
  const file = new Blob([randomBytes(3_000_000)]);
  let read = 0;
  const slice = file.slice.bind(file);
  file.slice = (start = 0, end = 0) => {
    read += end - start;
    return slice(start, end);
  };
  await fingerprint(file);
  expect(read).toBe(3 * 65_536);
});
