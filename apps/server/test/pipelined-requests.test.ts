import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '@windlass/testkit/until';
import { afterEach, expect, test } from 'vitest';
import { MOST_AHEAD, onePerConnection } from '../src/admission/pipelined-requests.ts';
import { openRawClient, type RawClient, rawRequest } from '@windlass/testkit/house/raw-client';

let server: Server;
let client: RawClient;
let begun: string[];
let answers: ServerResponse[];

/** A server whose requests are answered when the test says so, and a client of it. */
async function open(
  listener: RequestListener = (incoming, outgoing) => (begun.push(incoming.url!), answers.push(outgoing)),
) {
  [begun, answers] = [[], []];
  server = createServer(onePerConnection(listener)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  client = openRawClient((server.address() as AddressInfo).port);
}
afterEach(() => {
  client.socket.destroy();
  server.close();
});

const requests = (count: number) => Array.from({ length: count }, (_, i) => rawRequest({ target: `/${i}` })).join('');

test('requests in one packet begin one after the other, each when the one before is answered, and none is left out', async () => {
  await open();
  client.socket.write(requests(MOST_AHEAD + 1));
  for (let i = 0; i <= MOST_AHEAD; i += 1) {
    await until(`request ${i}`, async () => answers.length === i + 1);
    expect(begun).toEqual(Array.from({ length: i + 1 }, (_, n) => `/${n}`));
    answers[i]!.end(`answer ${i};`);
  }
  await until('the last answer', async () => client.text().includes(`answer ${MOST_AHEAD};`));
  expect([...client.text().matchAll(/answer (\d+);/g)].map(([, n]) => Number(n))).toEqual([
    ...Array(MOST_AHEAD + 1).keys(),
  ]);
});

test('a connection answers again and again', async () => {
  await open((incoming, outgoing) => void outgoing.end(`answer to ${incoming.url};`));
  for (let i = 0; i < 3 * MOST_AHEAD; i += 1) {
    client.socket.write(rawRequest({ target: `/${i}` }));
    await until(`an answer to ${i}`, async () => client.text().includes(`answer to /${i};`));
  }
});

test('of a thousand in one packet one is begun, and the connection is ended', async () => {
  await open();
  client.socket.write(requests(1_000));
  await until('the end of the connection', async () => client.closed());
  expect(begun).toEqual(['/0']);
});

test('whoever leaves has nothing begun for him any more', async () => {
  await open();
  client.socket.write(requests(5));
  await until('the first', async () => answers.length === 1);
  client.socket.destroy();
  await once(answers[0]!, 'close');
  await new Promise((done) => setTimeout(done, 50));
  expect(begun).toEqual(['/0']);
});

test('an answer that is not fetched is the only one worked out for its connection', async () => {
  await open((incoming, outgoing) => {
    begun.push(incoming.url!);
    outgoing.end(Buffer.alloc(32 * 2 ** 20));
  });
  client.socket.pause();
  client.socket.write(requests(MOST_AHEAD));
  await until('the first', async () => begun.length > 0);
  await new Promise((done) => setTimeout(done, 100));
  expect(begun).toEqual(['/0']);
});
