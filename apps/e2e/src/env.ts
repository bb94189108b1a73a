import path from 'node:path';

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

/**
 * How long a decision can be taken back. Long enough to click in, also where two stories and fault runs share two
 * cores.
 */
export const UNDO_SECONDS = 5;

const portOf = (variable: string, otherwise: number): number => Number(process.env[variable] || otherwise);

/**
 * Where playwright.config.ts starts the house; by these two checkouts run side by side. The worker's metrics are one
 * above, mail 25 above.
 */
export const PORT = portOf('E2E_PORT', 4390);
export const SANDBOX_PORT = portOf('E2E_SANDBOX_PORT', 4490);
export const REDIS_PORT = portOf('E2E_REDIS_PORT', 4479);
/**
 * The same house by a name that a browser does not take for this machine: playwright.config.ts tells it where that is.
 */
export const PLAIN_HTTP = `http://house.windlass.test:${PORT}`;
export const SANDBOX = `http://127.0.0.1:${SANDBOX_PORT}`;

const ROOT = path.join(import.meta.dirname, '..', '..', '..');
/** `npm test` runs the stories on both engines at once: what one run writes and clears is not the other's. */
const RUN = onRedis() ? 'e2e-redis' : 'e2e';

/** What the house keeps: its database's address, its objects. */
export const DATA = path.join(ROOT, '.data', RUN);

/** Traces and pictures of stories that failed. Playwright empties it when a run begins. */
export const OUTPUT = path.join(ROOT, 'test-results', RUN);
