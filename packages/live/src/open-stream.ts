import type { Sql } from '@windlass/db/sql';
import { encodeSignal, PING, RETRY } from './encode-event.ts';
import type { Hub } from './hub.ts';
import { SLOW_READER_BYTES, replayThenFollow } from './replay-then-follow.ts';

/** A browser that has heard nothing for three of these takes the connection for dead: connect-stream.ts. */
const PING_MS = 15_000;
const RECHECK_MS = 20_000;

export type StreamOptions = {
  hub: Hub;
  sql: Sql;
  shopId: string;
  topics: ReadonlySet<string>;
  lastEventId: string | undefined;
  /** Asked every 20 s, and at once upon news of `recheckTopics`: may this person still listen? */
  allowed: () => Promise<boolean>;
  recheckTopics?: ReadonlySet<string>;
  recheckMs?: number;
  pingMs?: number;
  /** Ends every stream when the server stops; readers come back elsewhere. */
  stopping: AbortSignal;
  onDrop?: (reason: 'slow' | 'auth') => void;
  /** Called once, however the stream ended. */
  onEnd?: () => void;
  /**
   * Hears why a reader could not be told its past, or its right could not be checked. The reader comes back by itself.
   */
  report: (error: Error) => void;
};

/**
 * One Server-Sent Events response: replay from the cursor, then follow. See decisions/0004 for why nothing is lost
 * between.
 */
export function openStream(options: StreamOptions): Response {
  const { stopping, report, recheckMs = RECHECK_MS, pingMs = PING_MS } = options;
  const cleanUp: (() => void)[] = options.onEnd ? [options.onEnd] : [];
  let open = true;
  let onRoom = () => {};
  const close = () => {
    open = false;
    for (const undo of cleanUp.splice(0)) undo();
    onRoom();
  };

  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const end = (fault?: Error) => {
          if (!open) return;
          close();
          // Closed, a stream still waits for its reader to fetch the rest; in error it lets go of the bytes and the
          // socket.
          if (fault) controller.error(fault);
          else controller.close();
        };
        const drop = () => {
          if (!open) return;
          options.onDrop?.('slow');
          end(new Error('a reader of the live stream was too far behind'));
        };
        const give = (bytes: Uint8Array) => {
          if (open) controller.enqueue(bytes);
        };
        const write = (bytes: Uint8Array) => {
          give(bytes);
          if (open && controller.desiredSize! < 0) drop();
        };
        const recheck = async () => {
          if (!open || (await options.allowed()) || !open) return;
          options.onDrop?.('auth');
          write(encodeSignal('auth'));
          end();
        };
        const fail = (error: Error) => {
          report(error);
          end();
        };
        const timers = [
          setInterval(() => write(PING), pingMs),
          setInterval(() => void recheck().catch(fail), recheckMs),
        ];
        cleanUp.push(() => timers.forEach(clearInterval));
        const onStopping = () => end();
        stopping.addEventListener('abort', onStopping, { once: true });
        cleanUp.push(() => stopping.removeEventListener('abort', onStopping));
        if (stopping.aborted) return end();

        give(RETRY);
        const room = async () => {
          while (open && controller.desiredSize! < SLOW_READER_BYTES / 2)
            await new Promise<void>((resolve) => (onRoom = resolve));
          return open;
        };
        const recheckOn = options.recheckTopics && {
          topics: options.recheckTopics,
          recheck: () => void recheck().catch(fail),
        };
        replayThenFollow(
          { ...options, recheckOn },
          { give, write, room, drop, whenOver: (undo) => void (open ? cleanUp.push(undo) : undo()) },
        ).catch(fail);
      },
      pull: () => onRoom(),
      cancel: close,
    },
    { highWaterMark: SLOW_READER_BYTES, size: (bytes) => bytes.byteLength },
  );
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no', // nginx would collect events otherwise
    },
  });
}
