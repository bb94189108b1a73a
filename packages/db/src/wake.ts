import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { uncounted } from './statement-count.ts';

/**
 * Wakes between processes. They carry no news, only "look now": every listener also polls, so a lost one costs
 * milliseconds and never an event. They are sent after commit, from a connection of their own, and coalesced:
 * a NOTIFY inside the writing transaction takes a global lock and cost 45 % of all commits when measured. The first is
 * sent at once; those that come while it is sent, or soon after, are sent together.
 */
const CHANNEL = 'windlass_wake';
/** Between two sends of a process, in ms: a thousand commits a second wake nobody a thousand times. */
const REST_MS = 10;

export type WakeSender = { send(channel: string): void; idle(): Promise<void> };

/** `report` hears of failed ones; they are not retried, the poll covers them. */
export function createWakeSender(pool: pg.Pool, report: (error: Error) => void): WakeSender {
  const due = new Set<string>();
  let sending: Promise<void> | undefined;
  const send = async () => {
    // A pool that is being closed wakes nobody: the process is going, and the poll covers it.
    while (due.size > 0 && !pool.ending) {
      const channels = [...due];
      due.clear();
      await pool.query('select pg_notify($1, c) from unnest($2::text[]) c', [CHANNEL, channels]).catch(report);
      await sleep(REST_MS);
    }
    sending = undefined;
  };
  return {
    send(channel) {
      due.add(channel);
      sending ??= uncounted(send); // one serves many requests: it is no statement of theirs
    },
    idle: () => sending ?? Promise.resolve(),
  };
}

export type WakeListener = { on(channel: string, listener: () => void): () => void; close(): Promise<void> };

/**
 * A line on which nothing happens and one that is cut off look alike: it is tried this often, and given up where no
 * answer comes.
 */
const HEARTBEAT_MS = 15_000;
const CONNECT_MS = 2_000;
const SILENT_MS = 5_000;

/** In ms: between two heartbeats, and until a connection is there. */
export type WakeTimes = { heartbeatMs?: number; connectMs?: number };

/**
 * Holds one connection open for wakes and gets a new one whenever it breaks or falls silent, at most twice a second.
 */
export function listenForWakes(
  connectionString: string,
  report: (error: Error) => void,
  { heartbeatMs = HEARTBEAT_MS, connectMs = CONNECT_MS }: WakeTimes = {},
): WakeListener {
  const listeners = new Map<string, Set<() => void>>();
  let client: pg.Client | undefined;
  let closed = false;
  let retry: NodeJS.Timeout | undefined;

  const connect = async () => {
    const fresh = new pg.Client({
      connectionString,
      application_name: 'windlass wake',
      connectionTimeoutMillis: connectMs,
      query_timeout: SILENT_MS,
      keepAlive: true,
    });
    let over = false;
    const hangUp = (error: Error) => {
      again(error);
      void fresh.end();
    };
    // One at a time: what has got no answer yet is no reason to ask again.
    let asking = false;
    const beat = async () => {
      if (client !== fresh || asking) return;
      asking = true;
      await fresh.query('select 1').catch(hangUp);
      asking = false;
    };
    const heartbeat = setInterval(() => void beat(), heartbeatMs);
    const again = (error?: Error) => {
      if (over) return;
      over = true;
      clearInterval(heartbeat);
      if (closed) return;
      if (error) report(error);
      retry = setTimeout(() => void connect(), 500);
    };
    fresh.on('error', again);
    fresh.on('end', () => again());
    fresh.on('notification', ({ payload }) => listeners.get(payload ?? '')?.forEach((listener) => listener()));
    try {
      await fresh.connect();
      await fresh.query(`listen ${CHANNEL}`);
      client = fresh;
      if (closed) await fresh.end();
      else for (const set of listeners.values()) set.forEach((listener) => listener()); // what rang while we were away
    } catch (error) {
      again(error as Error);
    }
  };
  const connected = connect();

  return {
    on(channel, listener) {
      const set = listeners.get(channel) ?? new Set();
      listeners.set(channel, set.add(listener));
      return () => set.delete(listener);
    },
    async close() {
      closed = true;
      clearTimeout(retry);
      await connected;
      await client?.end();
    },
  };
}
