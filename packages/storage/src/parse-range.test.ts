import { expect, test } from 'vitest';
import { parseRange } from './parse-range.ts';

const whole = { kind: 'whole', start: 0, end: 99 };
const unsatisfiable = { kind: 'unsatisfiable' };
const part = (start: number, end: number) => ({ kind: 'part', start, end });

test.each([
  [undefined, whole],
  [null, whole],
  ['', whole],
  ['bytes=0-0', part(0, 0)],
  ['bytes=0-99', part(0, 99)],
  ['bytes=10-19', part(10, 19)],
  ['bytes=10-', part(10, 99)],
  ['bytes=90-1000', part(90, 99)],
  ['bytes=99-', part(99, 99)],
  ['bytes=-1', part(99, 99)],
  ['bytes=-100', part(0, 99)],
  ['bytes=-1000', part(0, 99)],
  ['Bytes=5-6', part(5, 6)],
  [' bytes=5-6 ', part(5, 6)],
  ['bytes=007-008', part(7, 8)],
  [`bytes=0-${'9'.repeat(400)}`, part(0, 99)],
  ['bytes=100-', unsatisfiable],
  ['bytes=100-200', unsatisfiable],
  [`bytes=${'9'.repeat(400)}-`, unsatisfiable],
  ['bytes=-0', unsatisfiable],
  ['bytes=20-10', whole],
  ['bytes=9007199254740993-9007199254740992', whole],
  ['bytes=-', whole],
  ['bytes=', whole],
  ['bytes', whole],
  ['bytes=a-b', whole],
  ['bytes=1-2x', whole],
  ['bytes=1.5-2', whole],
  ['bytes=0x1-2', whole],
  ['bytes=--1', whole],
  ['bytes=1 -2', whole],
  ['bytes =1-2', whole],
  ['items=1-2', whole],
  ['bytes=0-0,1-1', whole],
  ['bytes=0-0,', whole],
  [`bytes=${Array.from({ length: 1_000 }, (_, i) => `${i}-${i}`).join(',')}`, whole],
])('%j of 100 bytes', (header, expected) => {
  expect(parseRange(header, 100)).toEqual(expected);
});

test('of an empty object the whole is empty and no range can be satisfied', () => {
  expect(parseRange(undefined, 0)).toEqual({ kind: 'whole', start: 0, end: -1 });
  for (const header of ['bytes=0-', 'bytes=0-0', 'bytes=-1', 'bytes=-0'])
    expect(parseRange(header, 0)).toEqual(unsatisfiable);
});

test('for every size up to 12 and every pair of bounds, the part is exactly the bytes asked for that exist', () => {
  const bounds = ['', ...Array.from({ length: 16 }, (_, i) => String(i))];
  let checked = 0;
  for (let size = 0; size <= 12; size += 1) {
    const bytes = Array.from({ length: size }, (_, i) => i);
    for (const first of bounds) {
      for (const last of bounds) {
        const parsed = parseRange(`bytes=${first}-${last}`, size);
        const isMalformed = first === '' ? last === '' : last !== '' && Number(last) < Number(first);
        const asked = bytes.filter((at) =>
          first === '' ? at >= size - Number(last) : at >= Number(first) && (last === '' || at <= Number(last)),
        );
        checked += 1;
        if (isMalformed) expect(parsed.kind).toBe('whole');
        else if (asked.length === 0) expect(parsed.kind).toBe('unsatisfiable');
        else expect(parsed).toEqual(part(asked[0] ?? -1, asked.at(-1) ?? -1));
      }
    }
  }
  expect(checked).toBe(13 * 17 * 17);
});
