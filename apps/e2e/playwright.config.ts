import fs from 'node:fs';
import path from 'node:path';
import { defineConfig } from '@playwright/test';
import { findBrowser } from './src/browser.ts';
import { isPlaywrightWorker, jsonReportFile, onRedis, PORT, REDIS_PORT, SANDBOX_PORT } from './src/env.ts';

const address = `http://127.0.0.1:${PORT}`;
const data = path.join(import.meta.dirname, '..', '..', '.data', 'e2e');
const { executablePath, args, env, from } = await findBrowser();

// Once for each run, before the stack starts: yesterday's orders are nobody's expectation.
if (!isPlaywrightWorker()) {
  fs.rmSync(data, { recursive: true, force: true });
  console.log(`Chromium: ${executablePath} (${from})`);
}

const redis = {
  command: `redis-server --port ${REDIS_PORT} --bind 127.0.0.1 --save '' --appendonly no`,
  port: REDIS_PORT,
  reuseExistingServer: false,
  gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 5_000 },
};

export default defineConfig({
  testDir: 'src',
  testMatch: '**/*.e2e.ts',
  outputDir: '../../test-results/e2e',
  reporter: [['list'], ['json', { outputFile: jsonReportFile() }]],
  // One shop, watched by every test: two at a time would see each other's work.
  workers: 1,
  forbidOnly: true,
  // A busy machine is slow, not wrong: nothing here measures time.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    baseURL: address,
    launchOptions: { executablePath, args, ...(env && { env }) },
    trace: 'retain-on-failure',
  },
  webServer: [
    ...(onRedis() ? [redis] : []),
    {
      command: 'node ../../scripts/up.ts',
      env: {
        PORT: String(PORT),
        SANDBOX_PORT: String(SANDBOX_PORT),
        WORKER_METRICS_PORT: String(PORT + 1),
        WINDLASS_DATA: data,
        UNDO_SECONDS: '3',
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
