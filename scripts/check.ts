// `npm test`: every check there is, cheapest first; `npm test -- lint unit` only those. All of them run even where one
// fails, so that one run shows everything; the last lines say what failed, what was skipped and why, and the sum.
import fs from 'node:fs';
import path from 'node:path';
import { findProgram, OPTIONAL_PROGRAMS, type OptionalProgram } from '../packages/testkit/src/find-program.ts';
import { addCounts, type Counts, countFailure, NOTHING, summaryOf } from './check/counts.ts';
import { describeSkipped } from './check/describe-skipped.ts';
import { readPlaywrightReport, readVitestReport } from './check/read-reports.ts';
import { runStage, stopStages } from './check/run-stage.ts';

const root = path.dirname(import.meta.dirname);
const e2e = path.join(root, 'apps', 'e2e');
const reports = path.join(root, 'test-results');
// Not through pnpm, which would not pass a signal on.
const playwright = path.join(e2e, 'node_modules', '.bin', 'playwright');
const missing = (Object.keys(OPTIONAL_PROGRAMS) as OptionalProgram[]).filter((name) => !findProgram(name));

type Stage = {
  name: string;
  title: string;
  command: [string, ...string[]];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** how its report is read; left out: it has none, and counts only where it fails */
  read?: (file: string) => Counts;
};

const reportOf = (name: string) => path.join(reports, `${name}.json`);
const vitest = (name: string, title: string, ...args: string[]): Stage => ({
  name,
  title,
  command: ['vitest', 'run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${reportOf(name)}`],
  read: readVitestReport,
});
/** The house on Redis runs beside the other one. */
const BESIDE = { E2E_PORT: '4590', E2E_SANDBOX_PORT: '4690' };
const stories = (name: string, title: string, engine: 'postgres' | 'redis'): Stage => ({
  name,
  title,
  command: [playwright, 'test'],
  cwd: e2e,
  env: { E2E_ENGINE: engine, ...(engine === 'redis' && BESIDE), PLAYWRIGHT_JSON_OUTPUT_FILE: reportOf(name) },
  read: readPlaywrightReport,
});

const inSmall = [vitest('small', 'fault runs and benchmarks, in small', '--config', 'vitest.small.config.ts')];
if (!missing.includes('redis-server'))
  inSmall.push(stories('stories-redis', 'the main story again, with Redis as the queue engine', 'redis'));

/**
 * One step after the other. A step's lanes run at once: they mostly wait, for leases to end and for programs to come up
 * again.
 */
const steps: Stage[][][] = [
  [[{ name: 'format', title: 'format', command: ['oxfmt', '--check'] }]],
  [[{ name: 'lint', title: 'lint', command: ['oxlint', '--deny-warnings'] }]],
  [
    [
      {
        name: 'unused',
        title: 'files, exports and dependencies nobody uses',
        command: ['knip', '--no-progress', '--no-config-hints'],
      },
    ],
  ],
  [
    [
      {
        name: 'build',
        title: 'types and build',
        command: ['turbo', 'run', 'typecheck', 'build', '--output-logs=errors-only'],
      },
    ],
  ],
  [[vitest('unit', 'unit and integration tests')]],
  [[stories('stories', 'end to end, in a browser', 'postgres')], inSmall],
];

const names = steps.flat(2).map(({ name }) => name);
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !names.includes(name));
if (unknown !== undefined) {
  console.error(`There is no stage ${unknown}; there are: ${names.join(', ')}.`);
  process.exit(2);
}

const env: NodeJS.ProcessEnv = {
  ...process.env,
  CI: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  CHECKPOINT_DISABLE: '1',
  // Hundreds of processes load the same libraries: Node keeps what it compiled.
  NODE_COMPILE_CACHE: path.join(root, 'node_modules', '.cache', 'node-compile'),
};

let stopped = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    stopped = true;
    void stopStages().then(() => process.exit(130));
  });
}

/** Runs a stage and reads its report; `aside`: what it prints is shown when it is over. */
async function check(stage: Stage, aside: boolean): Promise<Counts> {
  const report = reportOf(stage.name);
  // A report of the run before must not be taken for this one's.
  fs.rmSync(report, { force: true });
  const { code } = await runStage(stage.title, stage.command, {
    cwd: stage.cwd ?? root,
    env: { ...env, ...stage.env },
    aside,
  });
  return countFailure(stage.read?.(report) ?? NOTHING, code, stage.title);
}

/** Runs a lane's chosen stages, one after the other. */
async function checkLane(lane: Stage[], aside: boolean): Promise<Counts> {
  let counts = NOTHING;
  for (const stage of lane) {
    if (stopped || (wanted.length > 0 && !wanted.includes(stage.name))) continue;
    counts = addCounts(counts, await check(stage, aside));
  }
  return counts;
}

let sum = NOTHING;
fs.mkdirSync(reports, { recursive: true });
for (const lanes of steps) {
  const counts = await Promise.all(lanes.map((lane, i) => checkLane(lane, i > 0)));
  sum = counts.reduce(addCounts, sum);
}

if (!stopped) {
  console.log(`\n${[...sum.failures, ...describeSkipped(sum, missing), summaryOf(sum)].join('\n')}`);
  process.exit(sum.failed > 0 ? 1 : 0);
}
