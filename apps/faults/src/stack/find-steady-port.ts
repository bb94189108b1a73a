import { createServer } from 'node:net';

/**
 * A program that is killed must come back on its port. The system hands out ports from 32768 up for outgoing
 * connections, so one from there may be somebody's by then; these are below.
 */
const FIRST = 20_000;
const LAST = 31_999;
let next = FIRST + Math.floor(Math.random() * (LAST - FIRST));

/** A free port of 127.0.0.1 that stays free while its program is down. Each call answers another. */
export async function findSteadyPort(): Promise<number> {
  for (let tried = 0; tried < 100; tried += 1) {
    const port = (next = next >= LAST ? FIRST : next + 1);
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port between ${FIRST} and ${LAST}.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
