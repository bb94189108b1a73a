import { afterEach, expect, test, vi } from 'vitest';
import { findRemembered, type Remembered, rememberUploads } from './remember-uploads.ts';
import { keptInMemory } from './test/kept-in-memory.ts';

const file = { name: 'logo.png', size: 100, lastModified: 7 };
const kept = (change: Partial<Remembered> = {}): Remembered => ({
  id: '1',
  name: 'logo.png',
  sizeBytes: 100,
  modifiedAt: 7,
  lineId: 'front',
  addedAt: Date.now(),
  ...change,
});
afterEach(() => void vi.useRealTimers());

test('a file is known again by name, size and time, for its own place or for none in particular', () => {
  const find = (dropped: Partial<typeof file>, place: { lineId?: string; replacesId?: string } = {}) =>
    findRemembered([kept()], { file: { ...file, ...dropped }, ...place }, new Set())?.id;
  expect([find({}), find({}, { lineId: 'front' })]).toEqual(['1', '1']);
  expect([
    find({ name: 'Logo.png' }),
    find({ size: 101 }),
    find({ lastModified: 8 }),
    find({}, { lineId: 'back' }),
    find({}, { replacesId: 'art_1' }),
  ]).toEqual(Array(5).fill(undefined));
  expect(findRemembered([kept()], { file }, new Set(['1']))).toBeUndefined();
});

test('each order has its own memory: what was sent is known while anything of it is not, and all of it for less than three days', () => {
  const storage = keptInMemory();
  const memory = rememberUploads('order', storage);
  memory.add([kept(), kept({ id: '2' }), kept({ id: '3' })]);
  memory.change('1', { done: true });
  memory.change('2', { uploadId: 'upl_2' });
  memory.forget(['3']);
  expect(memory.all().map(({ id, done, uploadId }) => [id, done, uploadId])).toEqual([
    ['1', true, undefined],
    ['2', undefined, 'upl_2'],
  ]);
  expect(rememberUploads('another', storage).all()).toEqual([]);
  vi.useFakeTimers({ now: Date.now() + 69 * 3600_000 });
  expect(memory.all()).toHaveLength(2);
  vi.setSystemTime(Date.now() + 2 * 3600_000);
  expect(memory.all()).toEqual([]);
  vi.setSystemTime(Date.now() - 2 * 3600_000);
  memory.change('2', { done: true });
  expect(storage.getItem('uploads:order')).toBeNull();
});

test('a browser that keeps nothing, or kept nonsense, is no trouble', () => {
  const full = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  const memory = rememberUploads('order', { getItem: () => '{"not": "ours"', setItem: full, removeItem: full });
  memory.add([kept()]);
  memory.forget(['1']);
  expect(memory.all()).toEqual([]);
});
