/**
 * Test results, whoever ran them. A stage without tests of its own counts as one failed where it fails, else as
 * nothing.
 */
export type Counts = {
  passed: number;
  failed: number;
  skipped: number;
  /** per failed test, where it stands, its name and what it said; told again at the end of a long output */
  failures: string[];
};

export const NOTHING: Counts = { passed: 0, failed: 0, skipped: 0, failures: [] };

export function addCounts(left: Counts, right: Counts): Counts {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: left.skipped + right.skipped,
    failures: [...left.failures, ...right.failures],
  };
}

/** A stage that failed must show in the sum, also where its report is missing or knows of no failed test. */
export function countFailure(counts: Counts, exitCode: number, title: string): Counts {
  if (exitCode === 0 || counts.failed > 0) return counts;
  return { ...counts, failed: 1, failures: [`${title}: ended with ${exitCode}, and no test says why`] };
}

/** The last line of `npm test`; what runs it reads this form. */
export function summaryOf({ passed, failed, skipped }: Omit<Counts, 'failures'>): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
