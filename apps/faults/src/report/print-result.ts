import path from 'node:path';
import { isKept, type Result } from '../result.ts';

/** The figures beside the promised ones, one a line. */
export function printResult(result: Result, folder: string): void {
  const widest = Math.max(...result.verdicts.map(({ promise }) => promise.length));
  for (const { promise, promised, seen, kept } of result.verdicts) {
    console.log(`  ${kept ? '✓' : '✗'} ${promise.padEnd(widest)}  ${seen}  (promised: ${promised})`);
  }
  console.log(
    `  ${isKept(result) ? 'kept' : 'BROKEN'} after ${result.seconds} s; history: ${path.relative(process.cwd(), folder)}/history.jsonl`,
  );
}
