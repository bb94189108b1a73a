// `npm run faults`: every scenario on both engines, then docs/reliability.md. `npm run faults -- worker-kill --engine
// redis --seed 7 --small`: one of them. `--page` puts the results of former runs on the page; `--from COMMIT` is the
// release before. Ends with 1 where a promise was broken.
import { readOptions } from './read-options.ts';
import { printResult } from './report/print-result.ts';
import { readResults } from './report/read-results.ts';
import { writePage } from './report/write-page.ts';
import { isKept, type Result } from './result.ts';
import { folderOf, runScenario } from './run-scenario.ts';

// Told to end, it takes its databases along: they watch for this process's exit, and a signal alone would not be one.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));

const { chosen, all, engines, seed, small, page, from } = readOptions(process.argv.slice(2));
const results: Result[] = [];
const notRun: string[] = [];
for (const scenario of page ? [] : chosen) {
  const obstacle = scenario.obstacle?.({ from });
  if (obstacle !== undefined) {
    console.log(`\n▸ ${scenario.name} cannot run here: ${obstacle}`);
    notRun.push(scenario.name);
    continue;
  }
  for (const engine of engines.slice(0, scenario.withoutEngine ? 1 : engines.length)) {
    const options = { engine, seed, small, from };
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
if (notRun.length > 0) console.log(`not run, as said above: ${notRun.join(', ')}`);
// What was asked for by its name and did not run is not a promise kept.
process.exit(broken.length > 0 || (!all && notRun.length > 0) ? 1 : 0);
