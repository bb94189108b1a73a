import fs from 'node:fs';
import path from 'node:path';
import { benchmarkNames } from '../benchmark.ts';
import { benchmarks } from '../benchmarks.ts';
import { ROOT } from '../env.ts';
import { renderPage } from './render-page.ts';
import { readResult } from './results.ts';

/** Writes docs/performance.md anew from the last results of all benchmarks. Answers what to say of it. */
export function writePage(): string {
  const chapters = benchmarkNames.map((name) => ({ name, what: benchmarks[name].what, result: readResult(name) }));
  fs.writeFileSync(path.join(ROOT, 'docs', 'performance.md'), renderPage(chapters));
  return 'docs/performance.md is written.';
}
