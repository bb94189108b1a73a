import type { BenchmarkName } from './benchmark.ts';
import { benchmarks } from './benchmarks.ts';
import { type Options, readOptions } from './read-options.ts';
import { describeRun } from './report/describe-run.ts';
import { formatLine } from './report/format-line.ts';
import { judge } from './report/judge.ts';
import { keepResult } from './report/results.ts';
import { writePage } from './report/write-page.ts';
import { openWorld } from './world/world.ts';

const options = readOptionsOrEnd();
const circumstances = await describeRun(options.seed);
const say = (line: string) => console.log(line);
let [missed, broken] = [0, 0];

for (const name of options.names) {
  say(`\n${name}`);
  // One that breaks must not take the others' figures along.
  await runOne(name).catch((error: unknown) => {
    broken += 1;
    say(`${name}: broke off: ${(error as Error).stack}`);
  });
}
if (options.everything && !options.small) say(`\n${writePage()}`);
// The quick form shows that everything runs; its figures mean nothing.
process.exit(broken > 0 || (missed > 0 && !options.small) ? 1 : 0);

async function runOne(name: BenchmarkName): Promise<void> {
  const world = openWorld({ ...options, say });
  try {
    const figures = await benchmarks[name].run(world);
    missed += figures.filter(({ amount, target }) => target && !judge(amount.value, target).met).length;
    if (!options.small) keepResult({ name, circumstances, figures });
    say(formatLine(name, figures));
  } finally {
    await world.close();
  }
}

/** A word that nobody knows ends this with one sentence, and what there is. */
function readOptionsOrEnd(): Options {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
}
