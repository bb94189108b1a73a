import { once } from 'node:events';
import { type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localOnly } from './local-only.ts';

let server: Server;
beforeAll(async () => {
  const app = new Hono().use(localOnly).all('/mail', (c) => c.text('a mailed link'));
  server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as Server;
  await once(server, 'listening');
});
afterAll(() => server.close());

/** By hand: fetch would write the Host header itself. */
async function statusOf(headers: Record<string, string>, method = 'GET'): Promise<number> {
  const { port } = server.address() as AddressInfo;
  const asked = request({ port, host: '127.0.0.1', path: '/mail', method, headers, agent: false }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  answer.resume();
  return answer.statusCode!;
}

test.each([
  ['its address', { host: '127.0.0.1:4100' }],
  ['localhost', { host: 'localhost:4100' }],
  [
    'a link on another page, followed',
    { host: '127.0.0.1:4100', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
  ],
  ['its own page', { host: '127.0.0.1:4100', 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }],
])('the mailbox is read under %s', async (_what, headers) => expect(await statusOf(headers)).toBe(200));

test.each([
  ['a name that was pointed at this machine', { host: 'evil.example:4100' }],
  ['a name that begins like ours', { host: '127.0.0.1.evil.example' }],
  ['a proxy that makes it public', { host: '127.0.0.1:4100', 'x-forwarded-for': '203.0.113.9' }],
  ['a script of another site', { host: '127.0.0.1:4100', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
])('the mailbox is not read under %s', async (_what, headers) => expect(await statusOf(headers)).toBe(403));

test('another site’s form presses no switch', async () =>
  expect(
    await statusOf({ host: '127.0.0.1:4100', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, 'POST'),
  ).toBe(403));
