import type { Sql } from '@windlass/db/sql';
import type { Cursor } from './cursor.ts';
import type { CursorSigner } from './cursor-signer.ts';
import { encodeEvent } from './encode-event.ts';
import { replayEvents } from './read-events.ts';

const PAGE = 500;
/** Beyond this a reader is quicker told to fetch its page anew. */
const MOST = 5000;
const MEMORY_MS = 24 * 3_600_000;

export type CatchUp = {
  sql: Sql;
  shopId: string;
  topics: ReadonlySet<string>;
  /** By the database's clock, in ms since the epoch. */
  now: number;
  places: CursorSigner;
  give(bytes: Uint8Array): void;
  /** Asked before each page. False: nobody reads any more. */
  room(): Promise<boolean>;
};

/**
 * Tells a returning reader all it missed between its cursor and `target`, a snapshot taken after it came back.
 * Answers false when its place is too old, unknown, or too far behind: then the reader is to start afresh.
 */
export async function catchUp(reader: CatchUp, cursor: Cursor, target: string): Promise<boolean> {
  if (cursor.at < reader.now - MEMORY_MS) return false;
  if (xmax(cursor.to) > xmax(target) || xmax(cursor.from) > xmax(cursor.to)) return false; // from the future, or never ours
  const half = { from: cursor.from, to: cursor.to, afterSeq: cursor.seq }; // the rest of the batch it was in the middle of
  const rest = { from: cursor.to, to: target, afterSeq: 0 };
  let sent = 0;
  for (const span of [half, rest]) {
    while (await reader.room()) {
      const events = await replayEvents(reader.sql, span, PAGE);
      for (const event of events) {
        span.afterSeq = event.seq;
        if (event.shopId !== reader.shopId || !reader.topics.has(event.topic)) continue;
        reader.give(
          encodeEvent(event, reader.places.format({ from: span.from, to: span.to, seq: event.seq, at: reader.now })),
        );
      }
      sent += events.length;
      if (events.length < PAGE) break;
      if (sent >= MOST) return false;
    }
  }
  return true;
}

const xmax = (snapshot: string): bigint => BigInt(snapshot.split(':')[1]!);
