import fs from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { type Counts, NOTHING } from './counts.ts';

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
  }[];
};

type PlaywrightSuite = {
  suites?: PlaywrightSuite[];
  specs: {
    title: string;
    file: string;
    tests: { status: string; results: { errors: { message?: string }[] }[] }[];
  }[];
};

type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  suites: PlaywrightSuite[];
};

/**
 * Vitest's json report. A file that broke before its first test (an import, a hook) has no failed test; it counts as
 * one.
 */
export function readVitestReport(file: string): Counts {
  const report = readReport<VitestReport>(file);
  if (!report) return NOTHING;
  const failures = report.testResults
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, message, assertionResults }) => {
      const where = path.relative(process.cwd(), name);
      const failed = assertionResults.filter((test) => test.status === 'failed');
      if (failed.length === 0) return [describeFailure(where, 'broke before its first test', message)];
      return failed.map((test) => describeFailure(where, test.fullName, test.failureMessages[0]));
    });
  return {
    passed: report.numPassedTests,
    failed: failures.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
  };
}

/** Playwright's json report. A flaky test passed in the end. */
export function readPlaywrightReport(file: string): Counts {
  const report = readReport<PlaywrightReport>(file);
  if (!report) return NOTHING;
  const { expected, flaky, unexpected, skipped } = report.stats;
  return {
    passed: expected + flaky,
    failed: unexpected,
    skipped,
    failures: report.suites.flatMap(failuresOfSuite),
  };
}

function failuresOfSuite({ suites = [], specs }: PlaywrightSuite): string[] {
  const own = specs.flatMap(({ file, title, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected')
      .map(({ results }) => describeFailure(file, title, results.at(-1)?.errors[0]?.message)),
  );
  return [...own, ...suites.flatMap(failuresOfSuite)];
}

/** Lines of an error that say what happened; its stack stands with the test's own output. */
const LINES = 12;

function describeFailure(file: string, name: string, message = ''): string {
  const lines = stripVTControlCharacters(message).trimEnd().split('\n').slice(0, LINES);
  return [`Failed: ${file}: ${name}`, ...lines.map((line) => `  ${line}`)].join('\n');
}

function readReport<Report>(file: string): Report | undefined {
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Report) : undefined;
}
