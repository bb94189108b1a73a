import type { IncomingMessage } from 'node:http';

/**
 * A body of a size we take arrives in less: a small one also from a telephone, a large one from a shop's server. In ms.
 */
const PATIENCE_MS = 15_000;
/** So many bodies may be on their way at once. */
const MOST_ARRIVING = 512;
/** All bodies together that have come and are not worked off yet, in bytes. */
const MOST_HELD = 64 * 1024 * 1024;
/**
 * So much more of a refused one is read, and dropped: a client that is still sending does not hear an answer. In bytes,
 * or so many times what it might have sent: who is somewhat too large is told so.
 */
const MOST_DROPPED = 4 * 1024 * 1024;
const TIMES_DROPPED = 1.5;
/** Then nothing is read, so that the client stands still and hears its answer before we hang up. In ms. */
const HANG_UP_AFTER_MS = 1_000;

/** `crowded`: it had to make room for others. `gone`: the client left. */
export type NotReceived = 'too-large' | 'too-slow' | 'crowded' | 'gone';
export type Received = { body: Buffer; done: () => void } | NotReceived;
export type BodyReceiver = (incoming: IncomingMessage, mostBytes: number) => Promise<Received>;

/**
 * Receives bodies whole, counting bytes as they come, whatever was said of their length. In a crowd the one that has
 * been on its way longest makes room: an honest body arrives within milliseconds, and who trickles only pushes out
 * others who trickle.
 */
export function createBodyReceiver(): BodyReceiver {
  const arriving = new Set<() => void>(); // oldest first
  let held = 0;

  const makeRoom = () => {
    for (const giveUp of arriving) return giveUp();
  };

  return (incoming, mostBytes) =>
    new Promise((settle) => {
      // Grows by doubling, so that a body in pieces of a byte costs no more than one in one piece.
      let body = Buffer.alloc(0);
      let size = 0;
      const grow = (least: number) => {
        const larger = Buffer.allocUnsafe(Math.min(mostBytes, Math.max(least, body.length * 2, 1024)));
        body.copy(larger, 0, 0, size);
        held += larger.length - body.length;
        body = larger;
      };
      const letGo = () => {
        held -= body.length;
        body = Buffer.alloc(0);
      };

      const stop = (answer: Received) => {
        clearTimeout(timer);
        arriving.delete(giveUp);
        incoming.off('data', onData).off('end', onEnd).off('close', onClose);
        if (typeof answer === 'string') {
          letGo();
          dropTheRest(incoming, mostBytes);
        }
        settle(answer);
      };
      const giveUp = () => stop('crowded');
      const onData = (piece: Buffer) => {
        if (size + piece.length > mostBytes) return stop('too-large');
        if (size + piece.length > body.length) grow(size + piece.length);
        size += piece.copy(body, size);
        // Who needs the room is asked last: it may be the oldest itself.
        while (held > MOST_HELD && arriving.has(giveUp)) makeRoom();
      };
      const onEnd = () => stop({ body: body.subarray(0, size), done: letGo });
      const onClose = () => stop('gone');
      const timer = setTimeout(() => stop('too-slow'), PATIENCE_MS);
      incoming.on('error', () => {});
      if (Number(incoming.headers['content-length'] ?? 0) > mostBytes) return stop('too-large');
      while (arriving.size >= MOST_ARRIVING) makeRoom();
      arriving.add(giveUp);
      incoming.on('data', onData).on('end', onEnd).on('close', onClose);
    });
}

/** Reads on for a client that is still sending and has been answered, and hangs up on one that does not end. */
export function dropTheRest(incoming: IncomingMessage, mostBytes = 0): void {
  const most = Math.max(MOST_DROPPED, mostBytes * TIMES_DROPPED);
  let dropped = 0;
  const drop = (piece: Buffer) => {
    dropped += piece.length;
    if (dropped <= most) return;
    incoming.off('data', drop).pause();
    setTimeout(() => incoming.destroy(), HANG_UP_AFTER_MS).unref();
  };
  incoming.on('data', drop);
}
