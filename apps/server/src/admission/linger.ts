import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** Until then a client that is still sending has heard its answer. In ms. */
const HANG_UP_AFTER_MS = 1_000;

const latest = new WeakMap<Socket, IncomingMessage>();

/** The request that comes in on its connection. */
export const comesIn = (incoming: IncomingMessage): void => void latest.set(incoming.socket, incoming);

/**
 * A connection that is closed while its client is still sending loses the answer on the way to it: the system tells
 * the client of the close before it has read. So our side ends, and what still comes is dropped for a moment.
 */
export function lingerWhileSent(socket: Socket): void {
  const destroySoon = socket.destroySoon.bind(socket);
  socket.destroySoon = () => {
    if (latest.get(socket)?.complete !== false) return destroySoon();
    socket.end();
    setTimeout(() => socket.destroy(), HANG_UP_AFTER_MS).unref();
  };
}
