import { expect, test } from 'vitest';
import { createTurns, type HashTurn, NoTurn } from './hash-turns.ts';

/** Work that ends when it is told to, and a record of who was let in and who was refused. */
function openLine() {
  const turns = createTurns({ atOnce: 2, mostWaiting: 4 });
  const started: string[] = [];
  const refused: string[] = [];
  const ends: (() => void)[] = [];
  return {
    started,
    refused,
    come: (name: string, turn: HashTurn) =>
      void turns(turn, () => {
        started.push(name);
        return new Promise<void>((end) => ends.push(end));
      }).catch((error: unknown) => (error instanceof NoTurn ? refused.push(name) : Promise.reject(error as Error))),
    async endOne() {
      ends.shift()?.();
      await new Promise(setImmediate);
    },
    settle: () => new Promise(setImmediate),
  };
}
const stranger = (from: string): HashTurn => ({ lane: 'stranger', from });

test('two hash at once, four wait, and the next is refused at once', async () => {
  const line = openLine();
  for (let i = 0; i < 7; i += 1) line.come(`${i}`, stranger(`address ${i}`));
  await line.settle();
  expect([line.started, line.refused]).toEqual([['0', '1'], ['6']]);
  for (let i = 0; i < 7; i += 1) await line.endOne();
  expect(line.started).toEqual(['0', '1', '2', '3', '4', '5']);
  line.come('later', stranger('address 9'));
  await line.settle();
  expect(line.started.at(-1)).toBe('later');
});

test('an address that fills the line makes room for another, which goes first, and never for itself', async () => {
  const line = openLine();
  for (let i = 0; i < 8; i += 1) line.come(`flood ${i}`, stranger('one address'));
  line.come('honest', stranger('another'));
  await line.settle();
  expect(line.refused).toEqual(['flood 6', 'flood 7', 'flood 5']);
  await line.endOne();
  expect(line.started).toEqual(['flood 0', 'flood 1', 'honest']);
});

test('known ones take every second turn, whatever crowd of strangers waits', async () => {
  const line = openLine();
  for (let i = 0; i < 20; i += 1) line.come(`stranger ${i}`, stranger(`address ${i}`));
  line.come('known 1', { lane: 'known', from: 'a' });
  line.come('known 2', { lane: 'known', from: 'b' });
  await line.settle();
  for (let i = 0; i < 4; i += 1) await line.endOne();
  expect(line.started).toEqual(['stranger 0', 'stranger 1', 'known 1', 'stranger 2', 'known 2', 'stranger 3']);
});

test('work that fails gives its turn on', async () => {
  const turns = createTurns({ atOnce: 1 });
  const failed = turns(stranger('a'), () => Promise.reject(new Error('no')));
  const after = turns(stranger('b'), () => Promise.resolve('done'));
  await expect(failed).rejects.toThrow('no');
  expect(await after).toBe('done');
});
