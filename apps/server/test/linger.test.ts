import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openRawClient, type RawClient } from '@windlass/testkit/house/raw-client';
import { until } from '@windlass/testkit/until';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHttpServer } from '../src/http-server.ts';

let server: Server;
let client: RawClient;
let begun: string[];

beforeEach(async () => {
  begun = [];
  server = createHttpServer(async (request) => {
    begun.push(new URL(request.url).pathname);
    return new Response('too much;', { status: 413 });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  client = openRawClient((server.address() as AddressInfo).port);
});
afterEach(() => {
  client.socket.destroy();
  server.close();
});

const head = (path: string, length: number) =>
  `POST ${path} HTTP/1.1\r\nhost: shop.example\r\nconnection: close\r\ncontent-length: ${length}\r\n\r\n`;

test('who is still sending when a connection ends with its answer hears it, and then the end', async () => {
  client.socket.pause();
  client.socket.write(head('/', 50_000_000));
  client.socket.write(Buffer.alloc(8_000_000));
  await until('the answer to be given', async () => begun.length === 1);
  client.socket.write(Buffer.alloc(1_000_000));
  client.socket.resume();
  await until('the end of the connection', async () => client.closed());
  expect(client.text()).toContain('too much;');
});
