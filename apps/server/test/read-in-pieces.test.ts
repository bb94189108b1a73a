import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '@windlass/testkit/until';
import { afterEach, expect, test } from 'vitest';
import { createHttpServer } from '../src/http-server.ts';
import { openRawClient, type RawClient, rawRequest } from '@windlass/testkit/house/raw-client';

let server: Server;
let clients: RawClient[] = [];

async function open(fetch: (request: Request) => Promise<Response>) {
  server = createHttpServer(fetch).listen(0, '127.0.0.1');
  await once(server, 'listening');
}
function connect(): RawClient {
  const client = openRawClient((server.address() as AddressInfo).port);
  clients.push(client);
  return client;
}
afterEach(() => {
  for (const { socket } of clients) socket.destroy();
  clients = [];
  server.close();
});

test('of a thousand requests in one packet those of its first 4 kB are parsed, the rest goes with the connection', async () => {
  await open(async () => new Response('here'));
  let parsed = 0;
  server.on('request', () => (parsed += 1));
  const request = rawRequest({ target: '/' });
  const client = connect();
  client.socket.write(request.repeat(Math.floor((64 * 1024) / request.length)));
  await until('the end of the connection', async () => client.closed());
  expect(parsed).toBeGreaterThan(16);
  expect(parsed).toBeLessThanOrEqual(Math.ceil((4 * 1024) / request.length));
});

test('what comes in pieces comes whole, also where the client says at once that it sends no more', async () => {
  const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  await open(async (request) => new Response(`${digest(new Uint8Array(await request.arrayBuffer()))};`));
  const body = randomBytes(5_000_000);
  const client = connect();
  client.socket.write(
    `POST / HTTP/1.1\r\nhost: shop.example\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n`,
  );
  client.socket.end(body);
  await until('the answer', async () => client.text().includes(';'));
  expect(client.text()).toContain(`${digest(body)};`);
});

test('a connection whose answer was long goes on with what it had sent meanwhile', async () => {
  await open(async (request) => new Response(request.url.endsWith('/long') ? Buffer.alloc(8 * 2 ** 20, '.') : 'last;'));
  const client = connect();
  const note = 'n'.repeat(40_000);
  client.socket.write(rawRequest({ target: '/long' }));
  client.socket.write(`POST /short HTTP/1.1\r\nhost: shop.example\r\ncontent-length: ${note.length}\r\n\r\n${note}`);
  await until('the second answer', async () => client.text().includes('last;'));
});
