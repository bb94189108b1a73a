import type { Sql } from '@windlass/db/sql';
import { catchUp } from './catch-up.ts';
import { encodeSignal } from './encode-event.ts';
import type { Hub, HubReader } from './hub.ts';

/** A reader this far behind is cut off: it comes back with its cursor and is replayed what it missed. */
export const SLOW_READER_BYTES = 256 * 1024;

export type Reader = {
  hub: Hub;
  sql: Sql;
  shopId: string;
  topics: ReadonlySet<string>;
  lastEventId: string | undefined;
  recheckOn?: HubReader['recheckOn'];
};

export type Sink = {
  /** For what the reader asked for: it may take its time. */
  give(bytes: Uint8Array): void;
  /** For what happens meanwhile: drops a reader that does not keep up. */
  write(bytes: Uint8Array): void;
  /** Waits until most of what was given has been fetched. False: the reader has gone. */
  room(): Promise<boolean>;
  drop(): void;
  /** Called when the stream is over, or at once where it is already. */
  whenOver(undo: () => void): void;
};

/** The past as fast as the reader takes it, then the present. */
export async function replayThenFollow(
  { hub, sql, shopId, topics, lastEventId, recheckOn }: Reader,
  sink: Sink,
): Promise<void> {
  await hub.poll(); // the target below is then younger than any cursor another server may have handed out
  const target = hub.snapshot();
  // What the hub tells from here on waits until the past has been told.
  let waiting: Uint8Array[] | undefined = [];
  let bytesWaiting = 0;
  const hear = (bytes: Uint8Array) => {
    if (!waiting) return sink.write(bytes);
    waiting.push(bytes);
    bytesWaiting += bytes.byteLength;
    if (bytesWaiting > SLOW_READER_BYTES) sink.drop();
  };
  sink.whenOver(hub.add({ shopId, topics, write: hear, recheckOn }));

  const here = { from: target, to: target, seq: 0, at: hub.now() };
  const cursor = hub.places.parse(lastEventId);
  const known =
    !lastEventId ||
    (cursor !== undefined &&
      cursor.at > hub.runsSince() &&
      (await catchUp({ sql, shopId, topics, now: hub.now(), places: hub.places, ...sink }, cursor, target)));
  sink.give(encodeSignal(known ? 'hello' : 'reset', hub.places.format(here)));
  for (const bytes of waiting) sink.give(bytes);
  waiting = undefined;
}
