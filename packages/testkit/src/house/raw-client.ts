import { connect, type Socket } from 'node:net';

export type RawClient = { socket: Socket; /** What has come so far. */ text(): string; closed(): boolean };

/** A client that sends what it is told, byte for byte, and keeps what comes. `reads: false` never fetches an answer. */
export function openRawClient(port: number, { reads = true } = {}): RawClient {
  const socket = connect({ port, host: '127.0.0.1' });
  const pieces: Buffer[] = [];
  let closed = false;
  if (reads) socket.on('data', (piece: Buffer) => pieces.push(piece));
  else socket.pause();
  socket.on('error', () => {}); // the server may hang up on us: that is what is looked at
  socket.on('close', () => (closed = true));
  return { socket, text: () => Buffer.concat(pieces).toString('latin1'), closed: () => closed };
}

export type RawRequest = { method?: string; target: string; headers?: Record<string, string>; body?: string };

/** A request as bytes; the target is not touched. */
export function rawRequest({ method = 'GET', target, headers = {}, body = '' }: RawRequest): string {
  const lines = Object.entries({ host: '127.0.0.1', ...headers }).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${target} HTTP/1.1`, ...lines, '', body].join('\r\n');
}

/** One piece of a chunked body. */
export const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
