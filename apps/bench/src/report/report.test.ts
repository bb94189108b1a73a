import { expect, test } from 'vitest';
import type { Figure } from '../benchmark.ts';
import { misses } from '../misses.ts';
import { formatLine } from './format-line.ts';
import { judge } from './judge.ts';
import { renderPage } from './render-page.ts';

const circumstances = {
  date: '2026-01-02T03:04',
  seed: 1,
  cpu: 'A CPU',
  cores: 2,
  memoryGb: 8,
  loadAverage: 0.5,
  node: 'v24',
  postgres: '18',
  redis: undefined,
};
const figure = (value: number): Figure => ({
  what: 'against bare pg',
  amount: { value, unit: 'x', spread: { median: value, min: 0.3, max: 0.7, rounds: 5 } },
  target: 'approve.rate',
});
const page = (figures: Figure[]) =>
  renderPage([{ name: 'approve', what: 'Approves.', result: { name: 'approve', circumstances, figures } }]);

test('a limit that is just reached is met by "at least" and "at most", and not by "below"', () => {
  expect(judge(0.5, 'approve.rate').met).toBe(true);
  expect(judge(0.4, 'approve.rate')).toMatchObject({ met: false, limit: '≥ 0.5' });
  expect(judge(0.4, 'approve.rate').missedBy).toBeCloseTo(20);
  expect(judge(50, 'approve.p99')).toMatchObject({ met: false, limit: '< 50', missedBy: 0 });
  expect(judge(1.5, 'list.query').met).toBe(true);
  expect(judge(1, 'live.lost')).toMatchObject({ met: false, missedBy: Infinity });
});

test('the last line has each figure beside its target', () => {
  expect(formatLine('approve', [figure(0.25)])).toBe('approve: against bare pg 0.25x (≥ 0.5x: missed by 50 %)');
});

test('the page says by how much a target is missed and what would close it, and no such thing of one that is met', () => {
  misses['approve.rate'] = 'Fewer statements.';
  expect(page([figure(0.4)])).toContain('| against bare pg | 0.4x (0.3–0.7) |  | ≥ 0.5x | missed by 20 % |');
  expect(page([figure(0.4)])).toContain('* against bare pg: Fewer statements.');
  expect(page([figure(0.6)])).toContain('| met |');
  expect(page([figure(0.6)])).not.toContain('Fewer statements.');
});

test('what has not been measured says so', () => {
  expect(renderPage([{ name: 'live', what: 'Streams.', result: undefined }])).toContain('Not measured yet.');
});
