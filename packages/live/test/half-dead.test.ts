import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';

const SILENCE_MS = 400;

type Heard = { status?: string; n?: number };

/** connect-stream.ts as a browser runs it: in a process of its own, where EventSource is switched on. */
function startClient(url: string) {
  const script = new URL('./listen.ts', import.meta.url).pathname;
  const child = spawn(
    process.execPath,
    ['--experimental-eventsource', '--no-warnings', script, url, String(SILENCE_MS)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const heard: Heard[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => heard.push(JSON.parse(line) as Heard));
  return {
    heard,
    async close() {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}

/** A server that says hello to each connection; what else it says is the test's. */
async function startServer(talk: (response: ServerResponse, from: string | null, count: number) => void) {
  const places: (string | null)[] = [];
  const server = createServer((request, response) => {
    const from = new URL(request.url!, 'http://localhost').searchParams.get('lastEventId');
    places.push(from);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`id: ${from ?? 'first'}\nevent: hello\ndata: {}\n\n`);
    talk(response, from, places.length);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    places,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const event = (id: string, n: number) => `id: ${id}\ndata: ${JSON.stringify({ data: { n } })}\n\n`;

test('a connection on which nothing arrives any more is given up, and a new one goes on where it was', async () => {
  const server = await startServer(
    (response, from) => void response.write(from === null ? event('second', 1) : event('third', 2)),
  );
  const client = startClient(server.url);
  await expect.poll(() => client.heard.some(({ n }) => n === 2)).toBe(true);
  expect(server.places.slice(0, 2)).toEqual([null, 'second']);
  const statuses = client.heard.flatMap(({ status }) => status ?? []);
  expect(statuses.slice(0, 3)).toEqual(['open', 'reconnecting', 'open']);
  await client.close();
  await server.close();
});

test('pings alone keep a connection', async () => {
  const timers: NodeJS.Timeout[] = [];
  const server = await startServer(
    (response) => void timers.push(setInterval(() => response.write('event: ping\ndata: {}\n\n'), SILENCE_MS / 4)),
  );
  const client = startClient(server.url);
  await expect.poll(() => client.heard.length).toBeGreaterThan(0);
  await new Promise((resolve) => setTimeout(resolve, 4 * SILENCE_MS));
  expect(server.places).toEqual([null]);
  expect(client.heard).toEqual([{ status: 'open' }]);
  timers.forEach(clearInterval);
  await client.close();
  await server.close();
});
