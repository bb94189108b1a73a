import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';

/**
 * So many requests may be sent ahead on one connection. Browsers and proxies send none; whoever sends more is hung up
 * on.
 */
export const MOST_AHEAD = 16;

/**
 * Begins one request a connection at a time. Node itself begins all that come in one packet at once, a thousand of
 * them, before anybody else is heard; and what nobody fetches yet would be worked out and held all the same.
 */
export function onePerConnection(listener: RequestListener): RequestListener {
  const ahead = new WeakMap<Socket, (() => void)[]>();

  return (incoming, outgoing) => {
    const { socket } = incoming;
    const begin = () => {
      if (socket.destroyed) return; // whoever asked has left meanwhile
      outgoing.once('close', () => {
        const next = ahead.get(socket)!.shift();
        // Others are heard in between.
        if (next) setImmediate(next);
        else ahead.delete(socket);
      });
      listener(incoming, outgoing);
    };
    const waiting = ahead.get(socket);
    if (!waiting) {
      ahead.set(socket, []);
      begin();
    } else if (waiting.length < MOST_AHEAD) {
      waiting.push(begin);
    } else {
      socket.destroy();
    }
  };
}
