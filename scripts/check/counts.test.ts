import { expect, test } from 'vitest';
import { addCounts, countFailure, NOTHING, summaryOf } from './counts.ts';
import { describeSkipped } from './describe-skipped.ts';

test('the last line has the form that machines read', () => {
  expect(summaryOf({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
  expect(summaryOf({ passed: 12, failed: 1, skipped: 3 })).toBe('12 passed, 1 failed, 3 skipped');
});

test('a stage that fails without a failed test counts as one', () => {
  const silent = countFailure(NOTHING, 1, 'lint');
  expect(silent.failed).toBe(1);
  expect(silent.failures).toEqual([expect.stringContaining('lint')]);
  expect(countFailure({ ...NOTHING, passed: 5, failed: 2 }, 1, 'unit').failed).toBe(2);
  expect(countFailure({ ...NOTHING, passed: 5 }, 0, 'unit').failed).toBe(0);
});

test('counts add up', () => {
  const sum = addCounts(
    { passed: 1, failed: 2, skipped: 3, failures: ['a'] },
    { passed: 4, failed: 5, skipped: 6, failures: ['b'] },
  );
  expect(sum).toEqual({ passed: 5, failed: 7, skipped: 9, failures: ['a', 'b'] });
});

test('what was skipped is said with its reason, and nothing where all ran', () => {
  const counts = { passed: 12, failed: 0, skipped: 3 };
  expect(describeSkipped(counts, ['redis-server', 'nginx'])).toEqual([
    expect.stringMatching(/no redis-server .* Redis half .*apt-get install/),
    expect.stringMatching(/no nginx .*apt-get install/),
    expect.stringContaining('3 tests'),
  ]);
  expect(describeSkipped(counts, [])).toEqual([expect.stringContaining('3 tests')]);
  for (const missing of [[], ['nginx'] as const])
    expect(describeSkipped({ ...counts, skipped: 0 }, missing)).toEqual([]);
});
