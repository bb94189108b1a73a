import { once } from 'node:events';
import net from 'node:net';
import { nowMs } from '../measure/clock.ts';

// Some of the readers of a live stream: raw sockets, and nothing of an answer is read but where an event's bytes begin.
// Each event carries the time it was recorded; a reader's latency is the time from there to its bytes.
export type OpenReaders = { kind: 'open'; port: number; path: string; cookies: string[] };
export type Heard = {
  kind: 'heard';
  events: number;
  latencies: number[];
  /** Of the readers, the least any of them heard. */ least: number;
  closed: number;
};

const MARK = Buffer.from('"sentAt":');
const heard: number[] = [];
let latencies: number[] = [];
let closed = 0;

async function open(
  number: number,
  { port, path, cookie }: { port: number; path: string; cookie: string },
): Promise<void> {
  const socket = net.connect({ port, host: '127.0.0.1' });
  await once(socket, 'connect');
  heard[number] = 0;
  const { promise: begun, resolve, reject } = Promise.withResolvers<void>();
  let tail = '';
  socket.once('data', (bytes) =>
    bytes.includes('HTTP/1.1 200') ? resolve() : reject(new Error(bytes.toString().slice(0, 200))),
  );
  socket.on('data', (bytes: Buffer) => {
    const now = nowMs();
    // An event may be cut between two reads: what could be the beginning of a mark or of its number is kept.
    const text = tail.length > 0 || bytes.includes(MARK) || bytes.length < 64 ? tail + bytes.toString('latin1') : '';
    let at = 0;
    for (const match of text.matchAll(/"sentAt":([\d.]+)[,}]/g)) {
      heard[number]! += 1;
      latencies.push(now - Number(match[1]));
      at = match.index + match[0].length;
    }
    tail = text.slice(Math.max(at, text.length - 40));
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => (closed += 1));
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${cookie}\r\nAccept: text/event-stream\r\n\r\n`);
  await begun;
}

process.on('message', async (message: OpenReaders | { kind: 'read' }) => {
  if (message.kind === 'read') {
    const events = heard.reduce((sum, count) => sum + count, 0);
    process.send!({ kind: 'heard', events, latencies, least: Math.min(...heard), closed } satisfies Heard);
    heard.fill(0);
    latencies = [];
    return;
  }
  const { port, path, cookies } = message;
  // Fifty at a time: a listening socket's queue is short.
  for (let at = 0; at < cookies.length; at += 50) {
    await Promise.all(cookies.slice(at, at + 50).map((cookie, i) => open(at + i, { port, path, cookie })));
  }
  process.send!({ kind: 'opened' });
});
process.on('SIGTERM', () => process.exit(0));
process.channel!.ref(); // until there are readers, nothing else keeps this process
process.send!('ready');
