import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTurns, MOST_INSIDE } from '../src/admission/turns.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const here = () => false;
const ACTIVE = 32;

/** What became of each: a turn, none, or still waiting. */
async function takeMany(turns: ReturnType<typeof createTurns>, count: number) {
  const all = Array.from({ length: count }, () => ({ turn: undefined as (() => void) | undefined, settled: false }));
  for (const one of all) void turns.take(here).then((turn) => Object.assign(one, { turn, settled: true }));
  await vi.advanceTimersByTimeAsync(0);
  return all;
}

test('who waits is told within a second that there was no turn, though none is ever given back', async () => {
  const turns = createTurns();
  await takeMany(turns, ACTIVE);
  const [waiting] = await takeMany(turns, 1);
  expect(waiting!.settled).toBe(false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(waiting).toEqual({ turn: undefined, settled: true });
});

test('a turn given back goes to who has waited longest, and giving it back twice gives one', async () => {
  const turns = createTurns();
  const [first] = await takeMany(turns, ACTIVE);
  const [longest, next] = await takeMany(turns, 2);
  first!.turn!();
  first!.turn!();
  await vi.advanceTimersByTimeAsync(0);
  expect([longest!.turn !== undefined, next!.settled]).toEqual([true, false]);
});

test('beyond those who may wait, who comes is told at once', async () => {
  const turns = createTurns();
  await takeMany(turns, MOST_INSIDE);
  const [late] = await takeMany(turns, 1);
  expect(late).toEqual({ turn: undefined, settled: true });
});

test('a turn is not given to who has gone', async () => {
  const turns = createTurns();
  const [first] = await takeMany(turns, ACTIVE);
  const gone = turns.take(() => true);
  const [next] = await takeMany(turns, 1);
  first!.turn!();
  expect(await gone).toBeUndefined();
  await vi.advanceTimersByTimeAsync(0);
  expect(next!.turn).toBeDefined();
});
