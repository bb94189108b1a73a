import fs from 'node:fs';
import path from 'node:path';
import type { Result } from '../result.ts';
import { folderOf } from '../run-scenario.ts';
import { scenarios } from '../scenarios.ts';

/** The results that former full runs with this seed have left, in the order of the table. */
export function readResults(seed: number): Result[] {
  return scenarios.flatMap((scenario) =>
    (['redis', 'postgres'] as const).flatMap((engine) => {
      const file = path.join(folderOf(scenario, { engine, seed, small: false }), 'result.json');
      return fs.existsSync(file) ? [JSON.parse(fs.readFileSync(file, 'utf8')) as Result] : [];
    }),
  );
}
