import { type MakeRequest, POSTS, write } from '../hostile-request.ts';

const HEADERS = [
  'accept',
  'accept',
  'accept-encoding',
  'accept-language',
  'cookie',
  'range',
  'if-none-match',
  'x-forwarded-for',
  'forwarded',
  'traceparent',
  'authorization',
  'content-type',
  'x-link-token',
  'x-shopify-hmac-sha256',
  'idempotency-key',
  'last-event-id',
  'origin',
  'referer',
  'user-agent',
  'sec-fetch-site',
  'x-file-name',
  'tus-resumable',
  'upload-metadata',
];
const UNITS = [
  ' ',
  '\t',
  ',',
  ';',
  '"',
  '=',
  'a',
  '.',
  '@',
  '-',
  '0',
  '%',
  ':',
  '/',
  '\\',
  '(',
  ', ',
  '; ',
  ' ;',
  'a,',
  '1:',
  '::',
  ';q=0',
  'W/',
  '0-',
  'a=b;',
  '%20',
  '=?',
  'bytes=',
  '"",',
];
const PLACES = [
  `/pictures/${'0123456789'.repeat(4)}/preview`,
  '/api/session',
  '/d/x',
  '/api/live?topics=orders',
  '/api/trpc/orders.counts',
  '/api/download/secure/x?token=y',
  '/',
  '/assets/x',
  '/orders/export.csv',
  '/metrics',
];
/** Node takes 16 kB of headers; some are to be longer. */
const MOST = 17_000;

/** Long text that repeats itself, wherever something is read out of text. */
export const repetition: MakeRequest = (random) => {
  const unit = random.pick(UNITS);
  const length = random.pick([random.between(1_000, 15_500), 15_500, MOST]);
  const text =
    random.pick(['', 'a', '"', 'image/avif', '1']) +
    unit.repeat(Math.ceil(length / unit.length)) +
    random.pick(['', 'b', ';q=1', '"']);
  const common = { gapMs: 0, reads: true, holdMs: 5_000 };
  const what = `${JSON.stringify(unit)} for ${length} bytes`;
  switch (random.pick(['header', 'header', 'header', 'address', 'body'])) {
    case 'header': {
      const [name, target] = [random.pick(HEADERS), random.pick(PLACES)];
      return {
        ...common,
        detail: `${name}: ${what}, at ${target}`,
        pieces: [write({ target, headers: { [name]: text, connection: 'close' } })],
      };
    }
    case 'address': {
      const encoded = random.pick([encodeURIComponent(text), text.replace(/[\s"#\\]/g, '%20')]).slice(0, MOST);
      const target = random.pick([
        `/${encoded}`,
        `/d/${encoded}`,
        `/api/trpc/${encoded}`,
        `/api/live?topics=${encoded}`,
        `/pictures/${encoded}/thumb`,
      ]);
      return {
        ...common,
        detail: `an address of ${what}`,
        pieces: [write({ target, headers: { connection: 'close' } })],
      };
    }
    default: {
      const target = random.pick(POSTS);
      const long = text.repeat(random.between(1, 12));
      const body = random.pick([
        long,
        JSON.stringify(long),
        JSON.stringify({ email: long, password: long }),
        '['.repeat(long.length),
        `{"a":`.repeat(long.length / 5),
      ]);
      const headers = {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        connection: 'close',
      };
      return {
        ...common,
        detail: `a body of ${what}, to ${target}`,
        pieces: [write({ method: 'POST', target, headers, body })],
      };
    }
  }
};
