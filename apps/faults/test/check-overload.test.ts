import { expect, test } from 'vitest';
import { checkOverload } from '../src/checkers/check-overload.ts';
import type { Asked, Entry } from '../src/entry.ts';
import type { Line } from '../src/history.ts';
import { asked, broken } from './sound-history.ts';

/** A question every 10 ms from `from` to `to`. */
const ask = (part: string, [from, to]: [number, number], rest: Partial<Asked> = {}): Line[] =>
  Array.from({ length: (to - from) / 10 }, (_, i) => ({
    at: from + i * 10 + 5,
    ...asked(`${part}-${from}-${i}`, { part, ...rest }),
  }));
const no = { status: 503, retryAfter: '1' };
const memory = (value: number): Line => ({
  at: 0,
  ...({ what: 'measured', name: 'memory grown, MB', value } satisfies Entry),
});
const alone = ask('alone', [0, 1_000]);
const worked = ask('flood', [1_000, 2_000]);
const refused = ask('flood', [1_000, 2_000], no);
const after = ask('after', [2_000, 4_000]);
const check = (...lines: Line[]) => broken(checkOverload(lines, 100));

test('as much work as alone, quick refusals, calm at once: sound', () => {
  expect(check(...alone, ...worked, ...refused, ...after, memory(10))).toEqual([]);
});

test('a flood that nobody was refused in proves nothing', () => {
  expect(check(...alone, ...worked, ...after, memory(10))).toEqual([
    'requests refused',
    'time of a refusal, ms (95 of 100)',
  ]);
});

test('an error, a refusal without a time, and a slow refusal are found', () => {
  expect(
    check(...alone, ...worked, ...refused, ...ask('flood', [1_000, 1_010], { status: 500 }), ...after, memory(10)),
  ).toEqual(['answers other than yes or "try again"']);
  expect(check(...alone, ...worked, ...ask('flood', [1_000, 2_000], { status: 503 }), ...after, memory(10))).toEqual([
    'refusals without a time to come back',
  ]);
  expect(
    check(...alone, ...worked, ...refused, ...ask('flood', [3_100, 3_300], { ...no, ms: 2_000 }), ...after, memory(10)),
  ).toEqual(['time of a refusal, ms (95 of 100)']);
});

test('work that collapses in the flood is found', () => {
  expect(check(...alone, ...worked.filter((_, i) => i % 2 === 0), ...refused, ...after, memory(10))).toEqual([
    'work done in the flood, % of what is done alone',
  ]);
});

test('a server that stays rough, and one that stays swollen, are found', () => {
  expect(
    check(
      ...alone,
      ...worked,
      ...refused,
      ...ask('after', [2_000, 9_000], { ms: 900 }),
      ...ask('after', [9_000, 9_100]),
      memory(10),
    ),
  ).toEqual(['calm again after the flood, s']);
  expect(check(...alone, ...worked, ...refused, ...ask('after', [2_000, 3_000], no), memory(10))).toEqual([
    'calm again after the flood, s',
  ]);
  expect(check(...alone, ...worked, ...refused, ...after, memory(300))).toEqual(['memory grown, MB']);
});
