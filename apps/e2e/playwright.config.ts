import fs from 'node:fs';
import { defineConfig } from '@playwright/test';
import { findChromium } from '@windlass/testkit/find-chromium';
import { findProgram } from '@windlass/testkit/find-program';
import {
  DATA,
  isPlaywrightWorker,
  jsonReportFile,
  onRedis,
  OUTPUT,
  PORT,
  REDIS_PORT,
  SANDBOX_PORT,
  UNDO_SECONDS,
} from './src/env.ts';

const address = `http://127.0.0.1:${PORT}`;
const { executablePath, args, env, from } = await findChromium();

// Once for each run, before the stack starts: yesterday's orders are nobody's expectation.
if (!isPlaywrightWorker()) {
  fs.rmSync(DATA, { recursive: true, force: true });
  console.log(`Chromium: ${executablePath} (${from})`);
}

const redis = {
  command: `exec '${findProgram('redis-server')}' --port ${REDIS_PORT} --bind 127.0.0.1 --save '' --appendonly no`,
  port: REDIS_PORT,
  reuseExistingServer: false,
  gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 5_000 },
};

export default defineConfig({
  testDir: 'src',
  // On Redis the main story: the others say nothing of the engine.
  testMatch: onRedis() ? ['approve-to-download.e2e.ts', 'live.e2e.ts'] : '**/*.e2e.ts',
  outputDir: OUTPUT,
  reporter: [['list'], ['json', { outputFile: jsonReportFile() }]],
  // A shop of its own for each file, all in one house: two at a time do not see each other's work.
  workers: 2,
  projects: [
    { name: 'together', grepInvert: /@alone/, teardown: 'alone' },
    // As a teardown it begins when the others are over, however they ended. To run one file without it: `playwright
    // test lists --no-deps`.
    { name: 'alone', grep: /@alone/, workers: 1 },
  ],
  forbidOnly: true,
  // A busy machine is slow, not wrong: nothing here measures time.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  use: {
    baseURL: address,
    launchOptions: {
      executablePath,
      args: [...args, '--host-resolver-rules=MAP house.windlass.test 127.0.0.1'],
      ...(env && { env }),
    },
    // Without the film of every page: it took a third of the processor.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
  },
  webServer: [
    ...(onRedis() ? [redis] : []),
    {
      command: 'node ../../scripts/up.ts',
      env: {
        PORT: String(PORT),
        SANDBOX_PORT: String(SANDBOX_PORT),
        WORKER_METRICS_PORT: String(PORT + 1),
        WINDLASS_DATA: DATA,
        UNDO_SECONDS: String(UNDO_SECONDS),
        ...(onRedis() && { QUEUE_URL: `redis://127.0.0.1:${REDIS_PORT}` }),
      },
      url: address,
      reuseExistingServer: false,
      // The default is SIGKILL for the whole group, which leaves the database running.
      gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
      timeout: 120_000,
      stdout: 'pipe',
    },
  ],
});
