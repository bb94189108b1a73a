import type { Sql } from '@windlass/db/sql';
import { catchUp } from './catch-up.ts';
import { parseCursor } from './cursor.ts';
import { encodeSignal, PING, RETRY } from './encode-event.ts';
import type { Hub } from './hub.ts';

/** A reader this far behind is cut off: it comes back with its cursor and is replayed what it missed. */
const SLOW_READER_BYTES = 256 * 1024;
const PING_MS = 15_000;
const RECHECK_MS = 20_000;

export type StreamOptions = {
  hub: Hub;
  sql: Sql;
  shopId: string;
  topics: ReadonlySet<string>;
  lastEventId: string | undefined;
  /** Asked every `recheckMs` (20 s): may this person still listen? */
  allowed: () => Promise<boolean>;
  recheckMs?: number;
  /** Ends every stream when the server stops; readers come back elsewhere. */
  stopping: AbortSignal;
  onDrop?: (reason: 'slow' | 'auth') => void;
};

/** One Server-Sent Events response: replay from the cursor, then follow. See decisions/0004 for why nothing is lost between. */
export function openStream(options: StreamOptions): Response {
  const cleanUp: (() => void)[] = [];
  let open = true;
  const close = () => {
    open = false;
    for (const undo of cleanUp.splice(0)) undo();
  };

  const body = new ReadableStream<Uint8Array>(
    {
      async start(controller) {
        const end = () => {
          if (!open) return;
          close();
          controller.close();
        };
        const write = (bytes: Uint8Array) => {
          if (!open) return;
          controller.enqueue(bytes);
          if ((controller.desiredSize ?? 0) < 0) {
            options.onDrop?.('slow');
            end();
          }
        };
        const timers = [
          setInterval(() => write(PING), PING_MS),
          setInterval(() => {
            options.allowed().then(
              (yes) => {
                if (yes) return;
                options.onDrop?.('auth');
                write(encodeSignal('auth'));
                end();
              },
              () => end(), // cannot be asked just now: the reader comes back and is asked at the door
            );
          }, options.recheckMs ?? RECHECK_MS),
        ];
        cleanUp.push(() => timers.forEach(clearInterval));
        options.stopping.addEventListener('abort', end, { once: true });
        cleanUp.push(() => options.stopping.removeEventListener('abort', end));
        write(RETRY);
        await replayThenFollow(options, { write, add: (undo) => (open ? cleanUp.push(undo) : undo()) }).catch(end);
      },
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

type Sink = { write(bytes: Uint8Array): void; add(undo: () => void): unknown };

async function replayThenFollow(options: StreamOptions, sink: Sink): Promise<void> {
  const { hub, sql, shopId, topics } = options;
  await hub.poll(); // the target below is then younger than any cursor another server may have handed out
  const target = hub.snapshot();
  // What the hub tells from here on waits until the past has been told.
  let waiting: Uint8Array[] | undefined = [];
  sink.add(hub.add({ shopId, topics, write: (bytes) => (waiting ? waiting.push(bytes) : sink.write(bytes)) }));

  const here = { from: target, to: target, seq: 0, at: Math.floor(Date.now() / 1000) };
  const cursor = parseCursor(options.lastEventId);
  if (!options.lastEventId) sink.write(encodeSignal('hello', here));
  else if (!cursor || !(await catchUp({ sql, shopId, topics, write: sink.write }, cursor, target))) sink.write(encodeSignal('reset', here));
  else sink.write(encodeSignal('hello', here));
  for (const bytes of waiting) sink.write(bytes);
  waiting = undefined;
}
