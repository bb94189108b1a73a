import { setImmediate } from 'node:timers/promises';
import type { Sql } from '@windlass/db/sql';
import { createCursorSigner, type CursorSigner } from './cursor-signer.ts';
import { encodeEvent, encodeSignal } from './encode-event.ts';
import { readNewEvents, readPresent, type RecordedEvent } from './read-events.ts';

export type HubReader = {
  shopId: string;
  topics: ReadonlySet<string>;
  /** Gets the bytes of one SSE message. Must not throw and must not wait. */
  write(bytes: Uint8Array): void;
  /** Topics it is told nothing of, but that make it look whether it may still read. Must not throw either. */
  recheckOn?: { topics: ReadonlySet<string>; recheck: () => void } | undefined;
};

export type Hub = {
  /** Looks at the record now. Many calls at once cost one look after the present one. */
  poll(): Promise<void>;
  /** The snapshot up to which readers have been told everything. */
  snapshot(): string;
  /** The database's time at the last look, in ms since the epoch: what places are dated by. */
  now(): number;
  /** Since when the database runs, by the same clock. Places of before are good no more. */
  runsSince(): number;
  /** How places are written for clients. */
  places: CursorSigner;
  add(reader: HubReader): () => void;
  readers(): number;
  close(): Promise<void>;
};

export type HubOptions = {
  /** Signs the places that clients come back with; the same in all servers. */
  secret: string;
  /** The certain way to hear of events whose wake was lost. */
  pollMs?: number;
  /**
   * Hears of all news, of every shop, before any reader does: caches forget what it made stale before somebody asks
   * again.
   */
  onEvents?: (events: readonly RecordedEvent[]) => void;
  report: (error: Error) => void;
};

/** Told in one go before readers get their turn: well below what makes a reader slow. */
const PORTION_BYTES = 64 * 1024;

/**
 * Tails the event record for one process and fans out to its readers. One query a look, however many readers there are.
 */
export async function openHub(sql: Sql, { secret, pollMs = 500, onEvents, report }: HubOptions): Promise<Hub> {
  const readers = new Set<HubReader>();
  const places = createCursorSigner(secret);
  let { snapshot, now, runsSince } = await readPresent(sql);
  let looking: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  const look = async () => {
    const from = snapshot;
    const news = await readNewEvents(sql, from);
    if (news.events.length > 0) onEvents?.(news.events);
    now = news.now;
    const at = Math.floor(now);
    if (news.runsSince !== runsSince) {
      // A crash gives numbers of transactions that left no trace to others: what lies before a snapshot of then may be
      // new.
      ({ snapshot, runsSince } = news);
      const afresh = encodeSignal('reset', places.format({ from: snapshot, to: snapshot, seq: 0, at }));
      for (const reader of readers) reader.write(afresh);
      return;
    }
    let bytes = 0;
    for (const event of news.events) {
      bytes += fanOut(readers, event, () => places.format({ from, to: news.snapshot, seq: event.seq, at }));
      if (bytes < PORTION_BYTES) continue;
      bytes = 0;
      await setImmediate(); // lets readers fetch, or a large transaction would make each of them look slow
    }
    snapshot = news.snapshot; // last: who joins asks for a look and begins where that one ended
  };
  const start = () => {
    looking = look().finally(() => (looking = undefined));
    return looking;
  };
  let closed = false;
  const poll = async (): Promise<void> => {
    if (closed) return; // a wake as we left
    if (!looking) return start();
    // A look under way may have begun before the caller's news was committed: one more follows it.
    next ??= looking
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return start();
      });
    return next;
  };
  const timer = setInterval(() => void poll().catch(report), pollMs);

  return {
    poll,
    snapshot: () => snapshot,
    now: () => Math.floor(now),
    runsSince: () => runsSince,
    places,
    add(reader) {
      readers.add(reader);
      return () => readers.delete(reader);
    },
    readers: () => readers.size,
    async close() {
      closed = true;
      clearInterval(timer);
      await (next ?? looking)?.catch(report);
    },
  };
}

/** Answers how many bytes the event has, 0 where nobody wanted it. */
function fanOut(readers: Iterable<HubReader>, event: RecordedEvent, place: () => string): number {
  let bytes: Uint8Array | undefined;
  for (const reader of readers) {
    if (reader.shopId !== event.shopId) continue;
    if (reader.recheckOn?.topics.has(event.topic)) reader.recheckOn.recheck();
    if (!reader.topics.has(event.topic)) continue;
    bytes ??= encodeEvent(event, place());
    reader.write(bytes);
  }
  return bytes?.byteLength ?? 0;
}
