import { chunk, type MakeRequest, POSTS, respell, write } from '../hostile-request.ts';

const HOLD_MS = 3_000;
const json = { 'content-type': 'application/json' };

/** Clients that hold on to what is everybody's by being slow, to send or to fetch. */
export const trickle: MakeRequest = (random) => {
  const target = respell(random, random.pick(POSTS));
  const gapMs = random.between(50, 400);
  const bytes = Array.from({ length: random.between(5, 30) }, () => random.pick(['{', '"', 'a', ' ', '[']));
  const common = { gapMs, reads: true, holdMs: HOLD_MS };
  switch (random.pick(['chunks', 'chunks', 'announced', 'headers', 'unread'])) {
    case 'chunks':
      return {
        ...common,
        detail: `chunks of a byte to ${target}`,
        pieces: [
          write({ method: 'POST', target, headers: { ...json, 'transfer-encoding': 'chunked' } }),
          ...bytes.map(chunk),
        ],
      };
    case 'announced':
      return {
        ...common,
        detail: `less than it announced to ${target}`,
        pieces: [write({ method: 'POST', target, headers: { ...json, 'content-length': '4000' } }), ...bytes],
      };
    case 'headers':
      return {
        ...common,
        detail: 'headers byte by byte',
        pieces: ['GET ', '/', ' HTTP/1.1\r\n', ...bytes.map((_, i) => `x-${i}: 1\r\n`)],
      };
    default: {
      const asked = write({
        target: random.pick(['/api/openapi.json', '/api/docs/files/swagger-ui-bundle.js', '/', '/d/x', '/api/session']),
      });
      return {
        ...common,
        reads: false,
        detail: 'answers it does not fetch',
        pieces: [asked.repeat(random.between(1, 20))],
      };
    }
  }
};
