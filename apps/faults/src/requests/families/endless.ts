import { chunk, type MakeRequest, POSTS, respell, write } from '../hostile-request.ts';

const PIECE = 'x'.repeat(64 * 1024);
const CHUNK = chunk(PIECE);
const json = { 'content-type': 'application/json' };

const ASKED = [
  '/',
  '/d/x',
  '/api/openapi.json',
  '/api/docs/files/swagger-ui-bundle.js',
  '/api/session',
  '/api/trpc/x',
  '/readyz',
];

/**
 * More than may be sent, whatever was said of its length; more calls in one address, or requests in one packet, than a
 * page ever asks.
 */
export const endless: MakeRequest = (random) => {
  const target = respell(random, random.pick(POSTS));
  const many = (count: number, piece = PIECE) => Array<string>(count).fill(piece);
  const common = { gapMs: 1, reads: true, holdMs: 8_000 };
  switch (random.pick(['chunked', 'chunked', 'bytes', 'announced', 'understated', 'batch', 'batch', 'packet'])) {
    case 'chunked': {
      const count = random.between(5, 160); // up to 10 MB
      return {
        ...common,
        detail: `${count * 64} kB in chunks to ${target}`,
        pieces: [
          write({ method: 'POST', target, headers: { ...json, 'transfer-encoding': 'chunked' } }),
          ...many(count, CHUNK),
        ],
      };
    }
    case 'bytes': {
      const count = random.between(10_000, 60_000);
      return {
        ...common,
        detail: `${count} chunks of a byte to ${target}`,
        pieces: [
          write({ method: 'POST', target, headers: { ...json, 'transfer-encoding': 'chunked' } }),
          chunk('x').repeat(count),
        ],
      };
    }
    case 'announced':
      return {
        ...common,
        detail: `300 MB announced to ${target}`,
        pieces: [
          write({ method: 'POST', target, headers: { ...json, 'content-length': String(300 * 2 ** 20) } }),
          ...many(20),
        ],
      };
    case 'understated':
      return {
        ...common,
        detail: `more than it announced to ${target}`,
        pieces: [write({ method: 'POST', target, headers: { ...json, 'content-length': '10' } }), ...many(10)],
      };
    case 'packet': {
      const count = random.between(10, 1_000);
      const asked = random.pick(ASKED);
      return {
        ...common,
        detail: `${count} requests in one packet, for ${asked}`,
        pieces: [write({ target: asked }).repeat(count)],
      };
    }
    default: {
      const calls = random.between(21, 330);
      const names = Array(calls)
        .fill(random.pick(['orders.list', 'orders.counts', 'x']))
        .join(',');
      const input = encodeURIComponent(
        JSON.stringify(Object.fromEntries(Array.from({ length: Math.min(calls, 100) }, (_, i) => [i, {}]))),
      );
      return {
        ...common,
        detail: `${calls} calls in a batch`,
        pieces: [write({ target: `/api/trpc/${names}?batch=1&input=${input}`, headers: { connection: 'close' } })],
      };
    }
  }
};
