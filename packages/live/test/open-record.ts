import { openDatabase, type Database } from '@windlass/db/open-database';
import { createTestDatabase } from '@windlass/db/testing';
import { openHub, type Hub } from '../src/hub.ts';
import { openStream } from '../src/open-stream.ts';
import { recordEvents } from '../src/record-events.ts';

export const SHOP = 'shop_a';

export type Record = {
  database: Database;
  /** Records one event of the shop, committed. */
  tell(subject: string, n: number, topic?: string): Promise<void>;
  openHub(): Promise<Hub>;
  close(): Promise<void>;
};

/** An empty event record in a database of its own. */
export async function openRecord(): Promise<Record> {
  const clone = await createTestDatabase();
  const database = openDatabase({ url: clone.url, poolSize: 16, applicationName: 'live test', report: () => undefined });
  const hubs: Hub[] = [];
  return {
    database,
    tell: (subject, n, topic = 'orders') => recordEvents(database.sql, [{ shopId: SHOP, topic, subject, type: 'test.happened', data: { n } }]),
    async openHub() {
      const hub = await openHub(database.sql, { pollMs: 20, report: (error) => { throw error; } });
      hubs.push(hub);
      return hub;
    },
    async close() {
      for (const hub of hubs) await hub.close();
      await database.close();
      await clone.drop();
    },
  };
}

export type Heard = { id: string; name: string; data: { seq?: number; subject?: string; data?: { n: number } } };

export type Listener = {
  heard: Heard[];
  /** The numbers told, in the order they came. */
  numbers(): number[];
  lastId(): string | undefined;
  /** Resolves when `count` events have been heard, or throws after five seconds. */
  until(count: number): Promise<void>;
  /** Resolves when the server has ended the stream. */
  ended: Promise<void>;
  leave(): Promise<void>;
};

type ListenOptions = { shopId?: string; topics?: string[]; lastEventId?: string; allowed?: () => Promise<boolean>; recheckMs?: number };

/** Reads a stream the way a browser does: line by line, an id and a name for each message. */
export function listen(record: Record, hub: Hub, options: ListenOptions = {}): Listener {
  const response = openStream({
    hub,
    sql: record.database.sql,
    shopId: options.shopId ?? SHOP,
    topics: new Set(options.topics ?? ['orders']),
    lastEventId: options.lastEventId,
    allowed: options.allowed ?? (async () => true),
    stopping: new AbortController().signal,
    ...(options.recheckMs !== undefined && { recheckMs: options.recheckMs }),
  });
  const reader = response.body!.getReader();
  const decoder = new TextDecoder();
  const heard: Heard[] = [];
  let rest = '';
  const ended = (async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const parts = (rest + decoder.decode(value, { stream: true })).split('\n\n');
      rest = parts.pop()!;
      for (const part of parts) heard.push(...parse(part));
    }
  })();
  const events = () => heard.filter(({ name }) => name === 'message');
  return {
    heard,
    numbers: () => events().map(({ data }) => data.data!.n),
    lastId: () => heard.findLast(({ id }) => id)?.id,
    async until(count) {
      for (const end = Date.now() + 5000; events().length < count; ) {
        if (Date.now() > end) throw new Error(`heard ${events().length} of ${count} events`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    ended,
    async leave() {
      await reader.cancel();
      await ended;
    },
  };
}

function parse(part: string): Heard[] {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1];
  const data = field('data');
  return data === undefined ? [] : [{ id: field('id') ?? '', name: field('event') ?? 'message', data: JSON.parse(data) as Heard['data'] }];
}
