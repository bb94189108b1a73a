import { OPTIONAL_PROGRAMS, type OptionalProgram } from '../../packages/testkit/src/find-program.ts';
import type { Counts } from './counts.ts';

/** What did not run and why, a line each; empty where everything ran. */
export function describeSkipped({ skipped }: Pick<Counts, 'skipped'>, missing: readonly OptionalProgram[]): string[] {
  if (skipped === 0) return [];
  const lines = missing.map(
    (name) =>
      `Skipped: no ${name} on this machine, so ${OPTIONAL_PROGRAMS[name].skipped}. ${OPTIONAL_PROGRAMS[name].advice}.`,
  );
  return [
    ...lines,
    missing.length > 0
      ? `In all ${skipped} tests were skipped.`
      : `Skipped: ${skipped} tests by a mark of their own; their names are above.`,
  ];
}
