// Strangers in a process of their own: sends the hostile requests it is told of and tells each answer. See
// run-strangers.ts.
import { once } from 'node:events';
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Attacked } from '../entry.ts';
import { createHostileRequests } from '../requests/create-hostile-requests.ts';
import type { Strangers } from './run-strangers.ts';
import { sendHostileRequest } from './send-hostile-request.ts';

/** They come over a network, not all in one and the same millisecond. */
const APART_MS = 3;

// Elsewhere they would be other machines: on this one's processors, who is attacked goes first.
os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
const [{ port, seed, secret, numbers, atOnce }] = (await once(process, 'message')) as [Strangers];
const makeRequest = createHostileRequests(seed, secret);

async function send(number: number): Promise<void> {
  const { family, detail, from, mustNotBe, ...request } = makeRequest(number);
  const { ms, status } = await sendHostileRequest(port, { ...request, number, family, detail });
  const attacked: Attacked = {
    what: 'attacked',
    number,
    family,
    detail,
    ms,
    ...(status && { status }),
    ...(from && { from }),
    ...(mustNotBe && { mustNotBe }),
  };
  process.send!(attacked);
}

let next = 0;
await Promise.all(
  Array.from({ length: Math.min(atOnce, numbers.length) }, async (_, i) => {
    await sleep(i * APART_MS);
    while (next < numbers.length) await send(numbers[next++]!);
  }),
);
process.disconnect();
