// `npm run faults`: every scenario on both engines, then docs/reliability.md. `npm run faults -- worker-kill --engine
// redis --seed 7 --small`: one of them. `--page` writes the page anew from the results of former runs. Ends with 1
// where a promise was broken.
import { readOptions } from './read-options.ts';
import { printResult } from './report/print-result.ts';
import { readResults } from './report/read-results.ts';
import { writePage } from './report/write-page.ts';
import { isKept, type Result } from './result.ts';
import { folderOf, runScenario } from './run-scenario.ts';

// Told to end, it takes its databases along: they watch for this process's exit, and a signal alone would not be one.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));

const { chosen, all, engines, seed, small, page } = readOptions(process.argv.slice(2));
const results: Result[] = [];
for (const scenario of page ? [] : chosen) {
  for (const engine of engines.slice(0, scenario.withoutEngine ? 1 : engines.length)) {
    const options = { engine, seed, small };
    console.log(
      `\n▸ ${scenario.name} on ${engine}, seed ${seed}: ${JSON.stringify(small ? scenario.small : scenario.full)}`,
    );
    const result = await runScenario(scenario, options);
    printResult(result, folderOf(scenario, options));
    results.push(result);
  }
}
if (page) results.push(...readResults(seed));
if (page || (all && !small)) console.log(`\nwritten: ${writePage(results)}`);
const broken = results.filter((result) => !isKept(result));
const which = broken.map(({ name, engine }) => `; ${name} on ${engine}`).join('');
console.log(`\n${results.length - broken.length} kept their promises, ${broken.length} did not${which}`);
process.exit(broken.length > 0 ? 1 : 0);
