import { expect, test } from 'vitest';
import { readParts } from './read-parts.ts';

async function parts(chunkSizes: number[], partBytes: number): Promise<{ sizes: number[]; bytes: string }> {
  let next = 0;
  async function* source() {
    for (const size of chunkSizes) yield Uint8Array.from({ length: size }, () => next++ % 256);
  }
  const all: Buffer[] = [];
  for await (const part of readParts(source(), partBytes)) all.push(part);
  return { sizes: all.map((part) => part.length), bytes: Buffer.concat(all).toString('hex') };
}

test.each([
  [[], 10, [0]],
  [[0, 0], 10, [0]],
  [[3], 10, [3]],
  [[10], 10, [10]],
  [[11], 10, [10, 1]],
  [[20], 10, [10, 10]],
  [[3, 3, 3, 3], 10, [10, 2]],
  [[35], 10, [10, 10, 10, 5]],
  [[9, 12, 9], 10, [10, 10, 10]],
])('chunks of %j bytes in parts of %i are %j', async (chunkSizes, partBytes, sizes) => {
  expect((await parts(chunkSizes, partBytes)).sizes).toEqual(sizes);
});

test('regrouping keeps every byte in order', async () => {
  const expected = Buffer.from(Array.from({ length: 1_000 }, (_, i) => i % 256)).toString('hex');
  for (const partBytes of [1, 7, 64, 999, 1_000, 1_001]) {
    expect((await parts([1, 500, 0, 99, 400], partBytes)).bytes).toBe(expected);
  }
});
