import { type MakeRequest, respell, write } from '../hostile-request.ts';

const FORWARDING = [
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'forwarded',
  'via',
  'x-real-ip',
  'true-client-ip',
  'cf-connecting-ip',
];

/** Looks for what is for this machine alone, and leaves a token wherever a log might keep it. */
export const prying: MakeRequest = (random, secret) => {
  const common = { gapMs: 0, reads: true, holdMs: 5_000 };
  const close = { connection: 'close' };
  if (random.next() < 0.4) {
    const asForwarded = random.next() < 0.6;
    const target = random.pick(['/metrics', '/./metrics', 'http://127.0.0.1/metrics', '/x/../metrics', '/%6detrics']);
    const headers: Record<string, string> = asForwarded
      ? { [random.pick(FORWARDING)]: random.pick(['127.0.0.1', '::1', 'localhost', '203.0.113.1']) }
      : { host: random.pick(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:4000', '']) };
    // An absolute target carries a host of its own.
    const told = asForwarded ? target : target.replace('http://127.0.0.1', 'http://evil.example');
    return {
      ...common,
      detail: `${told} as ${JSON.stringify(headers)}`,
      mustNotBe: 200,
      pieces: [write({ target: told, headers: { ...headers, ...close } })],
    };
  }
  const target = random.pick([
    `/d/${secret}`,
    `/a/${secret}`,
    `/api/download/secure/bnd_x?token=${secret}`,
    `/api/trpc/${secret}`,
    `/api/trpc/orders.list?input=${secret}`,
    `/${secret}`,
    `/api/live?topics=${secret}`,
    `/pictures/${secret}/thumb`,
    `/api/uploads/${secret}`,
    `/hooks/shopify/${secret}`,
    `/reset/${secret}`,
    `/invite/${secret}`,
  ]);
  const headers = random.pick<Record<string, string>>([
    {},
    { referer: `http://127.0.0.1/d/${secret}` },
    { 'x-link-token': secret },
    { authorization: `Bearer ${secret}` },
    { cookie: `wl.session_token=${secret}` },
    { 'user-agent': secret },
    { traceparent: `00-${secret}-1-00` },
  ]);
  const method = random.pick(['GET', 'GET', 'POST', 'PUT', 'HEAD', 'DELETE', 'OPTIONS']);
  return {
    ...common,
    detail: `${method} of an address with a token`,
    pieces: [write({ method, target: respell(random, target), headers: { ...headers, ...close } })],
  };
};
