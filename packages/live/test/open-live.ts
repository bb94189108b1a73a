import { type Database, openDatabase } from '@windlass/db/open-database';
import { createTestDatabase } from '@windlass/db/testing';
import { listenForWakes } from '@windlass/db/wake';
import { LIVE_WAKE, type NewEvent } from '../src/event.ts';
import { type Hub, openHub } from '../src/hub.ts';
import { openStream, type StreamOptions } from '../src/open-stream.ts';
import { recordEvents } from '../src/record-events.ts';
import { readStream, type StreamReader } from './read-stream.ts';
import { orderMoved } from './order-moved.ts';
import { CONNECT_MS } from '@windlass/testkit/connect-ms';

export const SECRET = 'the secret of the live tests';

export type Live = {
  database: Database;
  hub: Hub;
  errors: Error[];
  /** A stream of shop `shop_a` and topic `orders`, unless told otherwise, read as it comes. */
  read(options?: Partial<StreamOptions>): StreamReader;
  /** The response itself, for a reader with ways of its own. */
  open(options?: Partial<StreamOptions>): Response;
  /** Events of shop_a, topic `orders`, all in one transaction. */
  tell(...events: (Partial<NewEvent> & { n: number })[]): Promise<void>;
  /** Another server process: a hub of its own on the same record. */
  openHub(): Promise<Hub>;
  close(): Promise<void>;
};

/** A database of its own with a hub that is woken, as apps/server wires it. */
export async function openLive(): Promise<Live> {
  const own = await createTestDatabase();
  const errors: Error[] = [];
  let over = false;
  const report = (error: Error) => void (over || errors.push(error));
  const database = openDatabase({
    url: own.url,
    poolSize: 12,
    applicationName: 'live test',
    connectMs: CONNECT_MS,
    report,
  });
  const wakes = listenForWakes(own.url, report, { connectMs: CONNECT_MS });
  const hubs: Hub[] = [];
  const readers: StreamReader[] = [];
  const stopping = new AbortController();
  const startHub = async () => {
    const hub = await openHub(database.sql, { secret: SECRET, report, pollMs: 100 });
    hubs.push(hub);
    wakes.on(LIVE_WAKE, () => void hub.poll().catch(report));
    return hub;
  };
  const hub = await startHub();
  const defaults = {
    hub,
    report,
    sql: database.sql,
    shopId: 'shop_a',
    topics: new Set(['orders']),
    lastEventId: undefined,
  };
  const open = (options: Partial<StreamOptions> = {}) =>
    openStream({ ...defaults, allowed: async () => true, stopping: stopping.signal, ...options });
  return {
    database,
    hub,
    errors,
    open,
    read(options) {
      const reader = readStream(open(options));
      readers.push(reader);
      return reader;
    },
    tell: (...events) => {
      return database.transaction((tx) =>
        recordEvents(
          tx,
          events.map(({ n, shopId = 'shop_a', subject = 'ord_1', ...rest }) => ({
            ...orderMoved({ shopId, subject, data: { n } }),
            ...rest,
          })),
        ),
      );
    },
    openHub: startHub,
    async close() {
      stopping.abort();
      await Promise.all(readers.map((reader) => reader.close()));
      await wakes.close();
      for (const one of hubs) await one.close();
      await database.close();
      over = true; // dropping it cuts connections that are still saying goodbye
      await own.drop();
    },
  };
}
