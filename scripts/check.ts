// `npm test`: every check there is, cheapest first. All of them run even where one fails, so that one run shows everything; the last
// line is the sum.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { addCounts, type Counts, countFailure, NOTHING, summaryOf } from './check/counts.ts';
import { readPlaywrightReport, readVitestReport } from './check/read-reports.ts';
import { runStage, stopStage } from './check/run-stage.ts';

const root = path.dirname(import.meta.dirname);
const e2e = path.join(root, 'apps', 'e2e');
const reports = path.join(root, 'test-results');
const vitestReport = path.join(reports, 'vitest.json');
const playwrightReport = path.join(reports, 'playwright.json');

type Stage = { title: string; command: [string, ...string[]]; cwd?: string; env?: NodeJS.ProcessEnv; count?: () => Counts };

// Not through pnpm, which would not pass a signal on.
const playwright = path.join(e2e, 'node_modules', '.bin', 'playwright');
const hasRedis = spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;

const stages: Stage[] = [
  { title: 'lint', command: ['oxlint', '--deny-warnings'] },
  { title: 'types and build', command: ['turbo', 'run', 'typecheck', 'build', '--output-logs=errors-only'] },
  {
    title: 'unit and integration tests',
    command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`],
    count: () => readVitestReport(vitestReport),
  },
  {
    title: 'fault runs and benchmarks, in small',
    command: ['vitest', 'run', '--config', 'vitest.small.config.ts', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`],
    count: () => readVitestReport(vitestReport),
  },
  {
    title: 'end to end, in a browser',
    command: [playwright, 'test'],
    cwd: e2e,
    count: () => readPlaywrightReport(playwrightReport),
  },
];
// Where there is none, the tests before have said so loudly.
if (hasRedis) {
  stages.push({
    title: 'the main story again, with Redis as the queue engine',
    command: [playwright, 'test', 'approve-to-download', 'live'],
    cwd: e2e,
    env: { E2E_ENGINE: 'redis' },
    count: () => readPlaywrightReport(playwrightReport),
  });
}

const env: NodeJS.ProcessEnv = {
  ...process.env,
  CI: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  CHECKPOINT_DISABLE: '1',
  PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport,
};

let stopped = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    stopped = true;
    void stopStage().then(() => process.exit(130));
  });
}

let sum = NOTHING;
fs.mkdirSync(reports, { recursive: true });
for (const { title, command, cwd = root, env: more, count = () => NOTHING } of stages) {
  if (stopped) break;
  // A report of the run before must not be taken for this one's.
  fs.rmSync(vitestReport, { force: true });
  fs.rmSync(playwrightReport, { force: true });
  const { code } = await runStage(title, command, { cwd, env: { ...env, ...more } });
  sum = addCounts(sum, countFailure(count(), code));
}

if (!stopped) {
  console.log(`\n${summaryOf(sum)}`);
  process.exit(sum.failed > 0 ? 1 : 0);
}
