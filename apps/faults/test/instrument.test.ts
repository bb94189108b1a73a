import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openHistory, readHistory } from '../src/history.ts';
import { createNemesis } from '../src/nemesis.ts';
import { describeResults } from '../src/report/write-page.ts';
import { isKept, type Result } from '../src/result.ts';
import { scenarios } from '../src/scenarios.ts';
import { createRandom } from '../src/seeded-random.ts';

const drawn = (seed: number) => {
  const random = createRandom(seed);
  return Array.from({ length: 1_000 }, () => random.between(1, 6));
};

test('the same seed draws the same, another seed does not, and all faces fall', () => {
  expect(drawn(7)).toEqual(drawn(7));
  expect(drawn(7)).not.toEqual(drawn(8));
  expect([...new Set(drawn(7))].toSorted()).toEqual([1, 2, 3, 4, 5, 6]);
});

test('what the nemesis does is on file before and after, also where its harm fails', async () => {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'windlass-history-')), 'history.jsonl');
  const history = openHistory(file);
  const nemesis = createNemesis(createRandom(1), history);
  await nemesis.strike('kill', 'worker-1', async () => {
    expect(readHistory(file)).toMatchObject([{ what: 'struck', how: 'kill', victim: 'worker-1', phase: 'begun' }]);
  });
  await expect(
    nemesis.strike('kill', 'worker-2', async () => Promise.reject(new Error('it runs no more'))),
  ).rejects.toThrow('it runs no more');
  history.close();
  expect(readHistory(file).map((line) => line.what === 'struck' && `${line.victim} ${line.phase}`)).toEqual([
    'worker-1 begun',
    'worker-1 done',
    'worker-2 begun',
  ]);
  fs.rmSync(path.dirname(file), { recursive: true });
});

const result: Result = {
  name: 'worker-kill',
  row: 1,
  promise: 'No mail is lost',
  caveat: 'Copies happen.',
  engine: 'redis',
  seed: 3,
  small: false,
  size: { kills: 50 },
  begun: '2026-11-22T10:00:00.000Z',
  seconds: 60.5,
  verdicts: [{ promise: 'lost mails', promised: '0', seen: '0', kept: true }],
};
const worse: Result = {
  ...result,
  engine: 'postgres',
  verdicts: [{ promise: 'lost mails', promised: '0', seen: '2 (a, b)', kept: false }],
};

test('the page says machine, date, seed, size, promise, figure and caveat, and shows what was broken', () => {
  const page = describeResults([result, worse], '2 cores');
  for (const part of ['2 cores', '2026-11-22', 'seed 3', 'kills 50', 'No mail is lost.', 'Copies happen.'])
    expect(page).toContain(part);
  expect(page).toContain('| lost mails | 0 | 0 | **2 (a, b)** |');
  expect(page).toContain('| 1 | [worker-kill](#worker-kill) | postgres | **broken** (0 of 1) | 60.5 s |');
});

test('a page keeps what it says of runs that have no result now, and forgets runs that there are no more', () => {
  const storage = { ...result, name: 'storage', row: 17, promise: 'Nothing half' };
  const page = describeResults([result, worse, storage], '2 cores')
    .replaceAll('storage', 'a-run-of-before')
    .replace('No mail is lost.', 'No mail is lost. (By hand.)');
  const again = {
    ...result,
    name: 'shutdown',
    row: 16,
    promise: 'Nobody is refused',
    begun: '2026-12-01T10:00:00.000Z',
  };
  const merged = describeResults([again], '3 cores', page);
  expect(merged).toContain('| 1 | [worker-kill](#worker-kill) | postgres | **broken** (0 of 1) | 60.5 s |');
  expect(merged).toContain('(By hand.)');
  expect(merged).toContain('Machine: 2 cores. Date: 2026-11-22.');
  expect(merged).toContain('seed 3; 2026-12-01.');
  expect(merged).not.toContain('a-run-of-before');
  expect(merged.match(/^## .*/gm)).toEqual(['## worker-kill', '## shutdown']);
  expect(describeResults([again], '3 cores', merged)).toBe(merged);
  expect(describeResults([result, worse], '4 cores', describeResults([result], '2 cores'))).toBe(
    describeResults([result, worse], '4 cores'),
  );
});

test('an upgrade from a commit that this clone has not got says so', () => {
  const { obstacle } = scenarios.find(({ name }) => name === 'upgrade')!;
  expect(obstacle!({ from: 'f'.repeat(40) })).toContain('no commit ffff');
});

test('a run that judged nothing has kept nothing', () => {
  expect([isKept(result), isKept(worse), isKept({ verdicts: [] })]).toEqual([true, false, false]);
});
