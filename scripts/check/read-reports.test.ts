import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readPlaywrightReport, readVitestReport } from './read-reports.ts';

function written(report: unknown): string {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'report-')), 'report.json');
  fs.writeFileSync(file, JSON.stringify(report));
  return file;
}

const passed = { status: 'passed', fullName: 'adds', failureMessages: [] };

test('a failed test of Vitest is told with its file, its name and the first lines of its error', () => {
  const counts = readVitestReport(
    written({
      numPassedTests: 1,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 0,
      testResults: [
        {
          name: path.resolve('packages/sum.test.ts'),
          status: 'failed',
          message: '',
          assertionResults: [
            passed,
            {
              status: 'failed',
              fullName: 'sums',
              failureMessages: [`\u001b[31mexpected 3\u001b[39m\n${'x\n'.repeat(50)}`],
            },
          ],
        },
        { name: path.resolve('packages/other.test.ts'), status: 'passed', message: '', assertionResults: [passed] },
      ],
    }),
  );
  expect(counts).toMatchObject({ passed: 1, failed: 1, skipped: 2 });
  expect(counts.failures).toEqual([expect.stringMatching(/^Failed: packages\/sum\.test\.ts: sums\n {2}expected 3\n/)]);
  expect(counts.failures[0]!.split('\n').length).toBeLessThan(20);
});

test('a file that broke before its first test counts as one failed, with its reason', () => {
  const name = path.resolve('packages/broken.test.ts');
  const counts = readVitestReport(
    written({
      numPassedTests: 0,
      numFailedTests: 0,
      numPendingTests: 0,
      numTodoTests: 0,
      testResults: [{ name, status: 'failed', message: 'Cannot find module x', assertionResults: [] }],
    }),
  );
  expect(counts.failed).toBe(1);
  expect(counts.failures).toEqual([expect.stringContaining('Cannot find module x')]);
});

test('a failed story is told with its last try, one that passed when tried again is not', () => {
  const tried = (status: string, ...messages: string[]) => ({
    status,
    results: messages.map((message) => ({ errors: [{ message }] })),
  });
  const counts = readPlaywrightReport(
    written({
      stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 0 },
      suites: [
        {
          specs: [],
          suites: [
            {
              specs: [
                { title: 'an order is mailed', file: 'mail.e2e.ts', tests: [tried('unexpected', 'first', 'no mail')] },
                { title: 'an order is seen', file: 'mail.e2e.ts', tests: [tried('flaky', 'late')] },
              ],
            },
          ],
        },
      ],
    }),
  );
  expect(counts).toMatchObject({ passed: 4, failed: 1 });
  expect(counts.failures).toEqual(['Failed: mail.e2e.ts: an order is mailed\n  no mail']);
});

test('where there is no report, nothing is counted', () => {
  expect(readVitestReport('/nowhere/report.json')).toMatchObject({ passed: 0, failed: 0 });
});
