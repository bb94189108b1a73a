import { expect, test } from 'vitest';
import { benchmarkNames } from '../src/benchmark.ts';
import { benchmarks } from '../src/benchmarks.ts';
import { readOptions } from '../src/read-options.ts';
import { formatLine } from '../src/report/format-line.ts';
import { openWorld } from '../src/world/world.ts';

// Whether each benchmark still runs on the programs as they are. Its figures mean nothing here, and nothing is asserted
// of them.
test.each(benchmarkNames)(
  '%s runs to its line of figures',
  async (name) => {
    const world = openWorld({ small: true, seed: 1, say: () => {} });
    try {
      const line = formatLine(name, await benchmarks[name].run(world));
      expect(line).toMatch(new RegExp(`^${name}: .*\\d.*(met|missed)`));
      expect(line).not.toMatch(/NaN|undefined/);
    } finally {
      await world.close();
    }
  },
  240_000,
);

test('the command line names benchmarks that exist', () => {
  expect(readOptions(['live', '--small', '--seed', '7'])).toEqual({
    names: ['live'],
    everything: false,
    small: true,
    seed: 7,
    profile: false,
  });
  expect(readOptions(['--seed', '7'])).toMatchObject({ names: benchmarkNames, everything: true });
  expect(() => readOptions(['lives'])).toThrow('There is no lives');
  expect(() => readOptions(['--seed', 'x'])).toThrow('whole number');
});
