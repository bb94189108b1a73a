import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{apps,packages,scripts}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**', 'apps/e2e/**'],
    globalSetup: ['scripts/check/start-test-services.ts'],
    // Processes, not threads: a test may change its environment, and native code may crash.
    pool: 'forks',
    // One process for many files, each as the one before left it: nothing of ours keeps a state of its own, and loading
    // the same libraries for each file was two seconds of a core a file.
    isolate: false,
    // More than there are cores: the tests of the queue mostly wait, for leases to end and delays to pass.
    maxWorkers: availableParallelism() + 1,
    // A busy machine is slow, not wrong: nothing here measures time but the few tests that say so.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000, interval: 20 } },
  },
});
