import fs from 'node:fs';
import { type Counts, NOTHING } from './counts.ts';

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
};

type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number; skipped: number } };

/**
 * Vitest's json report. A file that broke before its first test (an import, a hook) has no failed test; it counts as
 * one.
 */
export function readVitestReport(file: string): Counts {
  const report = readReport<VitestReport>(file);
  if (!report) return NOTHING;
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Playwright's json report. A flaky test passed in the end. */
export function readPlaywrightReport(file: string): Counts {
  const stats = readReport<PlaywrightReport>(file)?.stats;
  if (!stats) return NOTHING;
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}

function readReport<Report>(file: string): Report | undefined {
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Report) : undefined;
}
