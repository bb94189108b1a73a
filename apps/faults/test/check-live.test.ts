import { expect, test } from 'vitest';
import { checkLive, checkResume } from '../src/checkers/check-live.ts';
import type { Entry, Listened } from '../src/entry.ts';
import { broken, struck } from './sound-history.ts';

const recorded: Entry = {
  what: 'recorded',
  events: [
    { seq: 1, subject: 'a' },
    { seq: 2, subject: 'b' },
    { seq: 3, subject: 'a' },
  ],
};
/** An id as the stream gives them: snapshots as plain as "nothing was under way". */
const id = (to: number, seq: number) => `${to - 1}:${to - 1}:~${to}:${to}:~${seq}~0`;
const heard = (...pairs: [to: number, seq: number][]): Listened => ({
  what: 'listened',
  listener: 'one',
  signals: ['hello'],
  heard: pairs.map(([to, seq]) => ({ seq, id: id(to, seq) })),
});
const check = (...entries: Entry[]) => broken(checkLive([recorded, ...entries]));

test('everything once, over one connection or two, is sound; so is a late commit with a lower number in a later batch', () => {
  expect(check(heard([10, 1], [10, 2], [11, 3]))).toEqual([]);
  expect(check(heard([10, 1]), heard([10, 2], [11, 3]))).toEqual([]);
  expect(check(heard([10, 1], [10, 3], [11, 2]))).toEqual([]);
});

test('a gap is found, also at the end', () => {
  expect(check(heard([10, 1], [11, 3]))).toEqual(['listeners with a gap']);
  expect(check(heard([10, 1], [10, 2]))).toEqual(['listeners with a gap']);
});

test('an event heard twice is found', () => {
  expect(check(heard([10, 1], [10, 2]), heard([11, 2], [11, 3]))).toEqual(['listeners who heard something twice']);
});

test('ids that go back are found, within a batch and between batches', () => {
  expect(check(heard([10, 2], [10, 1], [11, 3]))).toEqual(['listeners whose ids do not strictly increase']);
  expect(check(heard([11, 1], [10, 2], [12, 3]))).toEqual(['listeners whose ids do not strictly increase']);
});

test('an effect before its cause is found', () => {
  expect(check(heard([10, 2], [10, 3], [11, 1]))).toEqual(['listeners who heard an effect before its cause']);
});

test('a listener who is told to begin anew is found', () => {
  expect(check({ ...heard([10, 1], [10, 2], [11, 3]), signals: ['reset'] })).toEqual(['listeners told to begin anew']);
});

test('a slow resume is found; the time without a server is not the stream’s', () => {
  const at = (ms: number, entry: Entry) => ({ at: ms, ...entry });
  const resumed = (lostAt: number, greetedAt: number) => at(greetedAt, { ...heard(), lostAt, greetedAt });
  const restart = [at(1_000, struck('restart', 'begun')), at(9_000, struck('restart'))];
  expect(checkResume([...restart, resumed(1_000, 9_600)], 3)).toMatchObject({ kept: true, seen: '0.6' });
  expect(checkResume([...restart, resumed(1_000, 13_000)], 3)).toMatchObject({ kept: false, seen: '4' });
  expect(checkResume(restart, 3).kept, 'nobody resumed').toBe(false);
});
