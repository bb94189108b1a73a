import type { Random } from '../seeded-random.ts';

export const families = ['trickle', 'repetition', 'sign-in', 'endless', 'prying'] as const;
export type Family = (typeof families)[number];

/** What goes over the wire, byte for byte, and what must not come of it. */
export type HostileRequest = {
  number: number;
  family: Family;
  /** in words, for who reads the history */
  detail: string;
  pieces: readonly (string | Buffer)[];
  /** between two pieces, in ms */
  gapMs: number;
  /** false: it never fetches what is answered */
  reads: boolean;
  /** how long it stays if it is not answered, in ms */
  holdMs: number;
  /** the address it is counted under, of those that try to sign in */
  from?: string;
  /** an answer that would tell what is not for it */
  mustNotBe?: number;
};

/** What makes a family's request; `secret` must turn up in no log. */
export type MakeRequest = (random: Random, secret: string) => Omit<HostileRequest, 'number' | 'family'>;

export type Head = { method?: string; target: string; headers?: Record<string, string>; body?: string };

/** A request as text; nothing is escaped or put right. */
export function write({ method = 'GET', target, headers = {}, body = '' }: Head): string {
  const lines = Object.entries({ host: '127.0.0.1', ...headers }).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${target} HTTP/1.1`, ...lines, '', body].join('\r\n');
}

/** One piece of a chunked body. */
export const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;

/** What takes a body. */
export const POSTS = [
  '/api/trpc/orders.counts',
  '/api/trpc/approvals.approve',
  '/api/v1/orders',
  '/api/portal/artwork/read',
  '/api/portal/artwork/start',
  '/hooks/shopify/src_x',
  '/hooks/woocommerce/src_x',
  '/api/sign-in',
  '/api/sign-out',
  '/d/x/renew',
  '/api/orders/imports',
  '/api/uploads/upl_x',
] as const;

/** Other ways to write the same address. */
export const respell = (random: Random, target: string): string =>
  random.pick([
    target,
    target,
    `/.${target}`,
    `/x/..${target}`,
    `http://127.0.0.1${target}`,
    target.replace('/api', '/%61pi'),
    `/${target}`,
  ]);
