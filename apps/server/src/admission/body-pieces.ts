import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * A body may come in so many pieces, and in one more for each so many bytes of it. Whoever writes a body as it is made
 * sends larger ones.
 */
const FREE_PIECES = 1_000;
const BYTES_A_PIECE = 16;
/** Until then the answer has been read, and the client has gone by itself. In ms. */
const HANG_UP_AFTER_MS = 1_000;

const body = JSON.stringify({
  error: { code: 'TOO_MANY_PIECES', message: 'The body came in pieces of a few bytes. Send it in larger ones.' },
});
const ANSWER = [
  'HTTP/1.1 400 Bad Request',
  'content-type: application/json',
  `content-length: ${body.length}`,
  'connection: close',
  '',
  body,
].join('\r\n');

const onTheirWay = new WeakMap<Socket, () => number>();

/** So many bytes come next on this connection that are the body of a request which announced its length, in bytes. */
export const bodyLeft = (socket: Socket): number => onTheirWay.get(socket)?.() ?? 0;

/**
 * Ends a request whose body comes in crumbs. Each chunk costs microseconds however short it is, one packet holds ten
 * thousand, and Node takes up to 32 packets of one connection before it looks at any other: so it is looked at where
 * the pieces come in, before any reader.
 */
export function limitPieces(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { socket } = incoming;
  const push = incoming.push.bind(incoming);
  let [pieces, bytes, refused] = [0, 0, false];
  // The parser has refused what is no length, and ends the body at it.
  const announced = Number(incoming.headers['content-length'] ?? 0);
  onTheirWay.set(socket, () => announced - bytes);

  incoming.push = (piece: Buffer | null) => {
    bytes += piece?.length ?? 0;
    if (refused) return false;
    if (piece === null) return push(null);
    pieces += 1;
    if (pieces <= FREE_PIECES + bytes / BYTES_A_PIECE) return push(piece);
    refused = true;
    if (outgoing.socket && !outgoing.headersSent) socket.write(ANSWER);
    socket.end();
    setTimeout(() => socket.destroy(), HANG_UP_AFTER_MS).unref();
    return false; // no more is read
  };
}
