import fs from 'node:fs';
import path from 'node:path';
import type { BenchmarkName, Figure } from '../benchmark.ts';
import { ROOT } from '../env.ts';
import type { Circumstances } from './describe-run.ts';

export type Result = { name: BenchmarkName; circumstances: Circumstances; figures: Figure[] };

const FOLDER = path.join(ROOT, 'test-results', 'bench');
const fileOf = (name: BenchmarkName) => path.join(FOLDER, `${name}.json`);

/** Keeps a benchmark's last result for the page. */
export function keepResult(result: Result): void {
  fs.mkdirSync(FOLDER, { recursive: true });
  fs.writeFileSync(fileOf(result.name), `${JSON.stringify(result, undefined, 2)}\n`);
}

/** The last result of a benchmark, if it has ever run here. */
export function readResult(name: BenchmarkName): Result | undefined {
  return fs.existsSync(fileOf(name)) ? (JSON.parse(fs.readFileSync(fileOf(name), 'utf8')) as Result) : undefined;
}
