import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A client that hangs up without having read is heard of within a round trip. In ms. */
const HEARD_WITHIN_MS = 1_000;
/** What is waited for on a connection: one answer at a time. */
const waiting = new WeakMap<Socket, () => void>();

/**
 * Whether the client has taken the whole answer: false where it left before. Handed to the system is not fetched:
 * megabytes wait there for a client that reads 64 kB and closes, which resets the connection. What waits behind a
 * client that still reads counts as fetched.
 */
export function whenFetched(outgoing: ServerResponse): Promise<boolean> {
  return new Promise((settle) => {
    const { socket } = outgoing;
    // Whoever asks for more on a connection has read what came before.
    if (socket) waiting.get(socket)?.();
    outgoing.once('close', () => {
      if (!outgoing.writableFinished || !socket) return settle(false);
      if (socket.closed) return settle(socket.errored === null);
      const done = (fetched: boolean) => {
        clearTimeout(timer);
        socket.off('close', onClose);
        waiting.delete(socket);
        settle(fetched);
      };
      const onClose = (failed: boolean) => done(!failed);
      const timer = setTimeout(() => done(true), HEARD_WITHIN_MS);
      socket.once('close', onClose);
      waiting.set(socket, () => done(true));
    });
  });
}
