import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkRequests, FIGURES } from '../checkers/check-requests.ts';
import { checkStrikes } from '../checkers/check-strikes.ts';
import { startHonestPeople } from '../client/ask-honestly.ts';
import { readMetrics } from '../client/read-metric.ts';
import { runStrangers } from '../client/run-strangers.ts';
import { signIn } from '../client/sign-in.ts';
import { createHostileRequests, familyOf } from '../requests/create-hostile-requests.ts';
import { PERSISTENT } from '../requests/families/sign-in.ts';
import { defineScenario } from '../scenario.ts';
import type { Stack } from '../stack/start-stack.ts';

/** Seldom: to tell the figures takes the server a good part of what a stall may. */
const LOOK_EVERY_MS = 1_000;
/** The lag is that of a timer of 10 ms, which are in it. */
const TIMER_MS = 10;
/** Requests of the rehearsal: none that the run sends. */
const BEFOREHAND = 1_000_000;
/** Somebody of the shop, at home. */
const HOME = '192.0.2.7';

export const hostileRequests = defineScenario({
  name: 'hostile-requests',
  row: 19,
  promise: 'Whatever strangers send, who works meanwhile does not feel it, nothing is told to them, and nothing breaks',
  caveat:
    'Memory grown is the most during the attack beyond the most under honest work as fast as it goes. The strangers are made on the same machine, by another process of less priority, and take their share of it. They come as through a proxy that names each one’s address. Run once: no queue is in it.',
  withoutEngine: true,
  full: {
    warmSeconds: 8,
    settleSeconds: 20,
    beforehand: 1_500,
    requests: 5_000,
    atOnce: 100,
    burst: 300,
    mostMegabytes: 100,
    mostWrong: 100,
  },
  // A process of a few seconds is still growing into its heap.
  small: {
    warmSeconds: 1,
    settleSeconds: 0,
    beforehand: 0,
    requests: 500,
    atOnce: 100,
    burst: 150,
    mostMegabytes: 250,
    mostWrong: 100,
  },

  async run({ size, seed, history, startStack }) {
    const stack = await startStack({ durable: false, workers: 0, env: { TRUST_PROXY: 'true' } });
    await stack.placeOrders(200);
    const secret = randomBytes(32).toString('base64url');
    const makeRequest = createHostileRequests(seed, secret);
    const [mine, theirs] = stack.shop.admins as [Admin, Admin];
    const cookie = await signIn(stack.url, mine);
    // The account that strangers try is somebody's, who has signed in from this browser before.
    const known = await signIn(stack.url, theirs);
    const strangers = { port: Number(new URL(stack.url).port), seed, secret };
    const burst: number[] = [];
    for (let number = size.requests; burst.length < size.burst; number += 1) {
      if (familyOf(number) === 'sign-in' && makeRequest(number).from === PERSISTENT) burst.push(number);
    }

    // A cold server grows and stalls whatever comes, and what refuses is cold until somebody is refused.
    const warming = watchServer(stack);
    await workFor(size.warmSeconds * 1_000, () => list(stack, cookie));
    for (let i = 0; i < 5; i += 1) await signInFrom(stack, { ...theirs, cookie: known });
    await runStrangers(
      { ...strangers, numbers: numbersFrom(BEFOREHAND, size.beforehand), atOnce: size.atOnce },
      history,
    );
    const { mostBytes } = await warming.stop();
    // What honest work left is cleaned up when it ends, in one long pause: that is not the strangers' doing.
    await sleep(size.settleSeconds * 1_000);
    const watch = watchServer(stack);
    const people = startHonestPeople(
      [
        { what: 'list', everyMs: 40, ask: () => list(stack, cookie) },
        { what: 'page', everyMs: 200, ask: () => status(`${stack.url}/robots.txt`) },
        { what: 'sign-in', everyMs: 3_000, ask: () => signInFrom(stack, { ...theirs, cookie: known }) },
      ],
      history,
    );
    await runStrangers({ ...strangers, numbers: numbersFrom(0, size.requests), atOnce: size.atOnce }, history);
    // Many within a moment: what counts one after the other lets them all by.
    await runStrangers({ ...strangers, numbers: burst, atOnce: burst.length }, history);
    await people.stop();
    const figures = await watch.stop();
    const log = fs.readFileSync(path.join(stack.folder, 'server.log'), 'utf8').split('\n');
    history.write({ what: 'measured', name: FIGURES.stall, value: figures.stallMs });
    history.write({
      what: 'measured',
      name: FIGURES.growth,
      value: Math.max(0, figures.mostBytes - mostBytes) / 2 ** 20,
    });
    history.write({
      what: 'measured',
      name: FIGURES.secrets,
      value: log.filter((line) => line.includes(secret)).length,
    });
  },

  check: (entries, size) => [...checkStrikes(entries, {}), ...checkRequests(entries, size)],
});

const numbersFrom = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i);

/** As many as the server works on at once, without a pause. */
const AT_WORK = 32;
async function workFor(ms: number, work: () => Promise<unknown>): Promise<void> {
  const until = performance.now() + ms;
  await Promise.all(
    Array.from({ length: AT_WORK }, async () => {
      while (performance.now() < until) await work();
    }),
  );
}

type Admin = { email: string; password: string };

const status = async (url: string, init: RequestInit = {}): Promise<number> => {
  const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(10_000) });
  await answer.arrayBuffer();
  return answer.status;
};
const list = ({ url }: Stack, cookie: string) =>
  status(`${url}/api/trpc/orders.list?input=%7B%7D`, { headers: { cookie, 'x-forwarded-for': HOME } });
const signInFrom = ({ url }: Stack, { email, password, cookie }: Admin & { cookie: string }) =>
  status(`${url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, 'x-forwarded-for': HOME },
    body: JSON.stringify({ email, password }),
  });

const MEMORY = 'process_resident_memory_bytes';
/** Since the last time that somebody asked. */
const STALL = 'nodejs_eventloop_lag_max_seconds';

/** The server's own figures, looked at all along. Both with one question: each begins the longest stall anew. */
function watchServer({ url }: Stack) {
  let [mostBytes, stall, stopped] = [0, 0, false];
  const watching = (async () => {
    await readMetrics(url, [STALL]); // what was before
    while (!stopped) {
      await sleep(LOOK_EVERY_MS);
      const figures = await readMetrics(url, [MEMORY, STALL]);
      mostBytes = Math.max(mostBytes, figures[MEMORY]);
      stall = Math.max(stall, figures[STALL] - TIMER_MS / 1_000);
    }
  })();
  return {
    async stop() {
      stopped = true;
      await watching;
      return { stallMs: stall * 1_000, mostBytes };
    },
  };
}
