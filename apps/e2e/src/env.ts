/** The browser the person asks for: a path, or `npm` for the one in the npm tarball. */
export function namedChromium(): string | undefined {
  return process.env.CHROMIUM_PATH || undefined;
}

/** Where Playwright's json report goes: named by `npm test`, which counts with it. */
export function jsonReportFile(): string {
  return process.env.PLAYWRIGHT_JSON_OUTPUT_FILE || '../../test-results/playwright.json';
}

/** Playwright reads its configuration again in each of its workers, which have a number. */
export function isPlaywrightWorker(): boolean {
  return process.env.TEST_WORKER_INDEX !== undefined;
}

/** Which queue engine the stack runs on: PostgreSQL, unless E2E_ENGINE says `redis`. */
export const onRedis = (): boolean => process.env.E2E_ENGINE === 'redis';

export const REDIS_PORT = 4479;
/** Where playwright.config.ts starts the stack. */
export const PORT = 4390;
export const SANDBOX_PORT = 4490;
export const SANDBOX = `http://127.0.0.1:${SANDBOX_PORT}`;
