import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{apps,packages,scripts}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**', 'apps/e2e/**'],
    globalSetup: ['scripts/check/start-test-services.ts'],
    // Processes, not threads: a test may change its environment, and a crash in native code ends one file only.
    pool: 'forks',
    // Never one by one: the tests of the queue mostly wait, for leases to end and delays to pass.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // A busy machine is slow, not wrong: nothing here measures time but the few tests that say so.
    testTimeout: 60_000,
    hookTimeout: 90_000,
  },
});
