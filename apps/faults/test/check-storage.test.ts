import { expect, test } from 'vitest';
import { checkStorage } from '../src/checkers/check-storage.ts';
import type { Entry } from '../src/entry.ts';
import { isWhole, objectBytes } from '../src/stack/object-bytes.ts';
import { broken } from './sound-history.ts';

const put = (key: string, part: string, outcome = 'stored'): Entry => ({ what: 'put', key, outcome, part });
const seen = (key: string, whole = true): Entry => ({ what: 'seen', key, whole });
const lost: Entry = { what: 'downloaded', part: 'lost', status: 503, counted: 0 };
const back: Entry = { what: 'downloaded', part: 'back', status: 200, counted: 1 };
const orphans = (value: number): Entry => ({
  what: 'measured',
  name: 'orphans left by kills, 10 minutes later',
  value,
});
const sound = [
  put('a', 'killed'),
  seen('a'),
  put('b', 'full', 'FULL'),
  put('c', 'read-only', 'READ_ONLY'),
  orphans(0),
  lost,
  back,
];
const check = (...entries: Entry[]) => broken(checkStorage(entries));
const without = (line: Entry) => sound.filter((one) => one !== line);

test('whole objects and honest refusals are sound; so is an object whose writer died before it could say so', () => {
  expect(check(...sound)).toEqual([]);
  expect(check(...sound, seen('d'))).toEqual([]);
});

test('half an object is found', () => {
  expect(check(...sound, seen('d', false))).toEqual(['objects seen in part']);
});

test('an object that was called stored and is gone, and one that was refused and is there, are found', () => {
  expect(check(...without(sound[1]!))).toEqual(['objects called stored that are not there']);
  expect(check(...sound, seen('b'))).toEqual(['objects refused that are there']);
});

test('a refusal under another name, and a disk that never refused, are found', () => {
  expect(check(...sound, put('e', 'full', 'UNAVAILABLE'))).toEqual(['refusals under another name']);
  expect(check(...without(sound[2]!))).toEqual(['refusals by a full disk']);
  expect(check(...without(sound[3]!))).toEqual(['refusals by a read-only folder']);
});

test('what killed writers leave behind is found', () => {
  expect(check(...without(sound[4]!), orphans(2))).toEqual(['orphans left by kills, 10 minutes later']);
});

test('a download that is answered otherwise, counted, or does not come back, is found; so is one that was never tried', () => {
  expect(check(...sound, { ...lost, status: 500 } as Entry)).toEqual([
    'downloads from a store that lost the file, not answered 503',
  ]);
  expect(check(...sound, { ...lost, counted: 1 } as Entry)).toEqual(['failed downloads that were counted']);
  expect(check(...sound, { ...back, status: 503 } as Entry)).toEqual(['downloads that do not work once it is back']);
  expect(check(...sound, { ...back, counted: 2 } as Entry)).toEqual(['downloads that do not work once it is back']);
  expect(check(...without(back))).toEqual(['downloads tried']);
});

test('an object tells by itself whether it is whole', async () => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of objectBytes('key', 3)) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  expect(isWhole(bytes)).toBe(true);
  expect(isWhole(bytes.subarray(0, -1))).toBe(false);
  expect(isWhole(bytes.subarray(0, 16 * 1024 + 32))).toBe(false);
  expect(isWhole(Buffer.alloc(0))).toBe(false);
});
