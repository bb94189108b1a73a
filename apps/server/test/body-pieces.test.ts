import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { limitPieces } from '../src/admission/body-pieces.ts';
import { chunk, openRawClient, type RawClient, rawRequest } from '@windlass/testkit/house/raw-client';

let server: Server;
let received: number;
let ended: number;

// Says how many bytes it was sent.
beforeAll(async () => {
  server = createServer((incoming, outgoing) => {
    limitPieces(incoming, outgoing);
    incoming.on('data', (piece: Buffer) => (received += piece.length));
    incoming.on('close', () => (ended += 1));
    incoming.on('end', () => outgoing.end(`${received} bytes`));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
beforeEach(() => void ([received, ended] = [0, 0]));
afterAll(() => void server.close());

/** A chunked body; LAST is its end. */
const send = (...chunks: string[]): RawClient => {
  const client = openRawClient((server.address() as AddressInfo).port);
  client.socket.write(
    rawRequest({ method: 'POST', target: '/', headers: { 'transfer-encoding': 'chunked' } }) + chunks.join(''),
  );
  return client;
};
const LAST = '0\r\n\r\n';

test('a body in crumbs is refused with a sentence that says so, read no further, and its connection ends', async () => {
  const client = send(chunk('x').repeat(300_000));
  await until('the answer', () => client.text().includes('Send it in larger ones.'));
  expect(client.text()).toMatch(/^HTTP\/1\.1 400 .*connection: close/s);
  await until('the end', () => ended === 1);
  expect(received).toBeLessThan(1_100);
});

test.each([
  ['a small one byte by byte', [...'x'.repeat(900)]],
  ['a large one in pieces of 100 bytes', Array<string>(50_000).fill('x'.repeat(100))],
  ['one whose first pieces are crumbs', [...'x'.repeat(900), ...Array<string>(20).fill('x'.repeat(64_000))]],
])('what clients send is taken in whole: %s', async (_, pieces) => {
  const client = send(...pieces.map(chunk), LAST);
  await until('the answer', () => client.text().includes(`${pieces.join('').length} bytes`));
  client.socket.destroy();
});
