import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createHttpServer } from '../src/http-server.ts';

test('a server that was told to stop ends each connection with its next answer, and is gone with the last', async () => {
  const begun = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const http = createHttpServer(async (request) => {
    if (request.url.endsWith('/held')) {
      begun.resolve();
      await held.promise;
    }
    return new Response('here');
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = async (path: string) => {
    const [answer] = (await once(get({ port, path, agent }), 'response')) as [IncomingMessage];
    answer.resume();
    await once(answer, 'end');
    return answer;
  };

  const first = ask('/held');
  await begun.promise;
  const closed = once(http, 'close');
  http.close();
  held.resolve();
  expect((await first).statusCode).toBe(200);
  const second = await ask('/');
  expect([second.statusCode, second.headers.connection]).toEqual([200, 'close']);
  await closed;
});
