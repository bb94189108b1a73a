import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { receivedOrder } from '@windlass/capabilities/orders/contract';
import { appRouter } from '../src/app-router.ts';
import { anyJson, likeSchema } from './setup/any-value.ts';
import { listProcedures } from './setup/list-procedures.ts';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { placeOrder } from '@windlass/testkit/house/place-order';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import type { Answer } from '@windlass/testkit/house/visitor';

/** Reliability row 19: 20,000 calls, nothing of 5xx. */
const CALLS = 20_000;
const IN_FLIGHT = 16;
/** Add the seed of a run that failed: it is tried again by everybody from then on. */
const seeds = [20261122];
const isHtml = (answer: Answer) => answer.headers.get('content-type')?.startsWith('text/html') === true;

let house: House;
let shop: Shop;

beforeAll(async () => {
  house = await startHouse({ worker: false, undoSeconds: 10 });
  shop = await makeShop(house, 'Anything Goes');
  await placeOrder(house, shop);
});
afterAll(() => house.close());

type Call = { name: string; send: () => Promise<Answer> };

const schemaOf = (schema: z.ZodType): object => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
/** JSON without a lone surrogate has no way to say one; as an escape it has. */
const toText = (value: unknown): string => JSON.stringify(value) ?? 'null';

function procedureCalls(count: number, seed: number): Call[] {
  const procedures = listProcedures(appRouter);
  const each = Math.ceil(count / procedures.length);
  const { visitor } = shop.admin;
  return procedures.flatMap(({ name, type, input }) => {
    const inputs = fc.sample(
      input
        ? fc.oneof({ weight: 6, arbitrary: likeSchema(schemaOf(input)) }, { weight: 1, arbitrary: anyJson })
        : anyJson,
      { numRuns: each, seed },
    );
    return inputs.map((value): Call => ({
      name: `${name} ${toText(value).slice(0, 400)}`,
      send: () =>
        type === 'mutation'
          ? visitor.post(`/api/trpc/${name}`, toText(value))
          : visitor.get(`/api/trpc/${name}?input=${encodeURIComponent(toText(value).slice(0, 8_000))}`),
    }));
  });
}

function routeCalls(count: number, seed: number): Call[] {
  const { visitor } = shop.admin;
  const machine = { authorization: `Bearer ${shop.apiKey}` };
  const values = fc.sample(fc.oneof(likeSchema(schemaOf(receivedOrder)), anyJson), { numRuns: count, seed });
  const words = fc
    .sample(fc.string({ maxLength: 60, unit: 'binary' }), { numRuns: count, seed })
    .map((word) => encodeURIComponent(word.toWellFormed()));
  const kinds: ((i: number) => Promise<Answer>)[] = [
    (i) => visitor.post('/api/v1/orders', toText(values[i]), { ...machine, 'idempotency-key': `any-${i}` }),
    (i) =>
      visitor.post('/api/v1/orders', words[i], {
        ...machine,
        'idempotency-key': decodeURIComponent(words[i]!).replace(/[^\x20-\x7e]/g, '') || 'k',
      }),
    (i) => visitor.post('/api/sign-in', toText(values[i])),
    (i) => visitor.get(`/d/${words[i]}`),
    (i) => visitor.get(`/api/download/secure/${words[i]}?token=${words[i]}`),
    (i) => visitor.post(`/hooks/shopify/${words[i]}`, toText(values[i])),
    (i) => visitor.post(`/hooks/woocommerce/${words[i]}`, toText(values[i]), { 'x-wc-webhook-signature': 'forged' }),
    (i) => visitor.get(`/orders/export.csv?tab=${words[i]}&q=${words[i]}`),
    (i) => visitor.get(`/api/live?topics=${words[i]}`),
    (i) => visitor.post('/api/orders/imports', words[i], { 'content-type': 'text/csv', 'x-file-name': 'any.csv' }),
    (i) => visitor.get(`/${words[i]}`),
  ];
  return Array.from({ length: count }, (_, i) => ({
    name: `route ${i % kinds.length} ${toText(values[i]).slice(0, 200)} ${words[i]}`,
    send: () => kinds[i % kinds.length]!(i),
  }));
}

/**
 * What is wrong with an answer, if anything: it must not be our fault, and must say what it is in the house's one form.
 */
function faultOf(answer: Answer): string | undefined {
  if (answer.status >= 500) return `${answer.status} ${answer.text.slice(0, 200)}`;
  if (answer.status < 400 || isHtml(answer)) return undefined;
  const body = JSON.parse(answer.text) as {
    error?: { code?: unknown; message?: unknown; requestId?: unknown; data?: object };
  };
  const error = (body.error?.data ?? body.error ?? {}) as { code?: unknown; message?: unknown; requestId?: unknown };
  const whole =
    typeof error.code === 'string' && typeof error.message === 'string' && typeof error.requestId === 'string';
  return whole ? undefined : `${answer.status} in another form: ${answer.text.slice(0, 200)}`;
}

test.each(seeds)(
  `${CALLS.toLocaleString('en')} calls with any input whatever (seed %i): none is our fault, and each is answered in the house’s one form`,
  { timeout: 240_000 },
  async (seed) => {
    const calls = [...procedureCalls(CALLS - 2_000, seed), ...routeCalls(2_000, seed)];
    const faults: string[] = [];
    const times: number[] = [];
    let next = 0;
    const client = async () => {
      for (let call = calls[next++]; call; call = calls[next++]) {
        const begun = performance.now();
        const answer = await call.send();
        times.push(performance.now() - begun);
        const fault = faultOf(answer);
        if (fault) faults.push(`${call.name}: ${fault}`);
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, client));
    times.sort((one, other) => one - other);
    console.log(
      `${calls.length} calls, p50 ${times[times.length >> 1]!.toFixed(1)} ms, p99 ${times[Math.floor(times.length * 0.99)]!.toFixed(1)} ms, slowest ${times.at(-1)!.toFixed(0)} ms`,
    );
    expect(faults.slice(0, 10)).toEqual([]);
    expect(calls.length).toBeGreaterThanOrEqual(CALLS);
  },
);
