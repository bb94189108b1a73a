import { expect, test } from 'vitest';
import { createTurns } from './turns.ts';

const patient = new AbortController().signal;

test('no more go on at once than there are places, and those who wait come in their order', async () => {
  const turns = createTurns(2);
  const trace: string[] = [];
  const leave = await Promise.all([turns.take(patient), turns.take(patient)]);
  const third = turns.take(patient).then((back) => (trace.push('third'), back));
  const fourth = turns.take(patient).then((back) => (trace.push('fourth'), back));
  await Promise.resolve();
  expect(trace).toEqual([]);
  leave[1]!();
  (await third)();
  (await fourth)();
  leave[0]!();
  expect(trace).toEqual(['third', 'fourth']);
  await Promise.all([turns.take(patient), turns.take(patient)]); // both places are free again
});

test('who is stopped while waiting waits no longer and holds no place', async () => {
  const turns = createTurns(1);
  const leave = await turns.take(patient);
  const stop = new AbortController();
  const stopped = turns.take(stop.signal);
  const next = turns.take(patient);
  stop.abort();
  (await stopped)();
  (await turns.take(stop.signal))();
  leave();
  (await next)();
  (await turns.take(patient))();
});
