import type { Socket } from 'node:net';
import { bodyLeft } from './body-pieces.ts';

/** What is parsed of one connection before the clock is looked at: of the shortest requests 60. In bytes. */
const PIECE_BYTES = 4 * 1024;
/** Work for one connection after which others are heard. In ms. */
const TURN_MS = 1;

/**
 * Hands a connection's bytes to the HTTP parser in pieces, and lets others be heard in between where one was work. Node
 * reads 64 kB at once and parses them to their end, a thousand requests, though we hung up at the seventeenth, and
 * then ends all thousand with an error each. What is nothing but a body is one piece. While some wait, nothing is read
 * of the connection.
 */
export function readInPieces(socket: Socket): void {
  // The native parser reads past the stream until somebody listens to it.
  const listen = () => {};
  socket.on('data', listen).off('data', listen);

  let waiting: Buffer | undefined;
  const push = socket.push.bind(socket);
  const read = socket._read.bind(socket);

  /** False where no more is to be read for now. */
  const pushPieces = (bytes: Buffer): boolean => {
    const until = performance.now() + TURN_MS;
    let rest = bytes;
    while (rest.length > Math.max(PIECE_BYTES, bodyLeft(socket))) {
      push(rest.subarray(0, PIECE_BYTES));
      if (socket.destroyed) return false;
      rest = rest.subarray(PIECE_BYTES);
      if (performance.now() < until) continue;
      waiting = rest;
      return false;
    }
    return push(rest);
  };
  const goOn = () => {
    const bytes = waiting;
    waiting = undefined;
    if (bytes && !socket.destroyed) pushPieces(bytes);
  };

  socket.push = (bytes: Buffer | null) => (bytes === null ? push(null) : pushPieces(bytes));
  socket._read = (size) => {
    if (waiting) setImmediate(goOn);
    else read(size);
  };
}
