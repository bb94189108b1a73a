import { expect, test } from 'vitest';
import { checkLiveSegments } from '../src/checkers/check-live-segments.ts';
import type { Entry, Listened } from '../src/entry.ts';
import { broken } from './sound-history.ts';

/** Transactions 10, 11, ... wrote the events 1, 2, ...; number 4 was committed after number 5. */
const recorded: Entry = {
  what: 'recorded',
  events: [1, 2, 3, 4, 5].map((seq) => ({ seq, subject: 'a', xid: String(9 + seq) })),
};
/** All that the transactions below `to` wrote, but for those that still ran; of those from `from` on, up to `seq`. */
const place = (from: string, to: string, seq: number) => `${from}~${to}~${seq}~0`;
const done = (below: number, running = '') => `${running.split(',')[0] || below}:${below}:${running}`;
const all = (below: number) => place(done(below), done(below), 0);
type Line = { greeting: string; signal?: 'hello' | 'reset'; heard: number[]; last?: string };
const listened = ({ greeting, signal = 'hello', heard, last = greeting }: Line): Listened => ({
  what: 'listened',
  listener: 'one',
  signals: [signal],
  heard: heard.map((seq) => ({ seq, id: '' })),
  greeting,
  last,
});
const check = (...entries: Entry[]) => broken(checkLiveSegments([recorded, ...entries], 1));

test('everything once from where it began is sound, over one connection or two', () => {
  expect(check(listened({ greeting: all(10), heard: [1, 2, 3, 5, 4] }))).toEqual([]);
  expect(check(listened({ greeting: all(12), heard: [3, 4, 5] }))).toEqual([]);
  expect(
    check(listened({ greeting: all(10), heard: [1, 2] }), listened({ greeting: all(13), heard: [3, 4, 5] })),
  ).toEqual([]);
});

test('what happened between leaving one release and beginning anew at the other is fetched, and owed by no stream', () => {
  const left = listened({ greeting: all(10), heard: [1], last: all(11) });
  expect(check(left, listened({ greeting: all(13), signal: 'reset', heard: [4, 5] }))).toEqual([]);
});

test('a gap is found: before leaving, after beginning anew, and at the end', () => {
  const gap = ['listeners with a gap'];
  const anew = listened({ greeting: all(13), signal: 'reset', heard: [4, 5] });
  expect(check(listened({ greeting: all(10), heard: [2], last: all(12) }), anew)).toEqual(gap);
  expect(
    check(listened({ greeting: all(10), heard: [1], last: all(11) }), { ...anew, heard: [{ seq: 5, id: '' }] }),
  ).toEqual(gap);
  expect(check(listened({ greeting: all(10), heard: [1, 2, 3, 4] }))).toEqual(gap);
});

test('within a batch only what is up to the last number was owed; a transaction that ran then is not', () => {
  const half = place(done(10), done(14), 2);
  const anew = listened({ greeting: all(15), signal: 'reset', heard: [] });
  expect(check(listened({ greeting: all(10), heard: [1, 2], last: half }), anew)).toEqual([]);
  expect(check(listened({ greeting: all(10), heard: [1], last: half }), anew)).toEqual(['listeners with a gap']);
  const running = place(done(15, '13'), done(15, '13'), 0);
  expect(check(listened({ greeting: running, heard: [4] }))).toEqual([]);
  expect(check(listened({ greeting: running, heard: [] }))).toEqual(['listeners with a gap']);
});

test('an event heard twice is found, also when it was heard of both releases', () => {
  const left = listened({ greeting: all(10), heard: [1, 2], last: all(12) });
  expect(check(left, listened({ greeting: all(11), signal: 'reset', heard: [2, 3, 4, 5] }))).toEqual([
    'listeners who heard something twice',
  ]);
});

test('a listener who is told to begin anew more often than it moved is found', () => {
  const anew = listened({ greeting: all(15), signal: 'reset', heard: [] });
  expect(check(listened({ greeting: all(10), heard: [], last: all(10) }), anew, anew)).toEqual([
    'times one listener was told to begin anew',
  ]);
});
