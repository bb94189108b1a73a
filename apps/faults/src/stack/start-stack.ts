import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Database, openDatabase } from '@windlass/db/open-database';
import { openStorage } from '@windlass/storage/open-storage';
import { hasTestDatabase, ownEnvironment } from '../env.ts';
import type { History } from '../history.ts';
import { borrowPostgres } from './borrow-postgres.ts';
import { findSteadyPort } from './find-steady-port.ts';
import type { FormerRelease } from './former-release.ts';
import { makeShop, placeOrders, type PlacedOrder, type Shop } from './make-shop.ts';
import { type Network, startNetwork } from './start-network.ts';
import { type MailSink, startMailSink } from './start-mail-sink.ts';
import { type OwnPostgres, startPostgres } from './start-postgres.ts';
import { createProgram, type Program, root } from './start-program.ts';
import { type OwnRedis, startRedis } from './start-redis.ts';

export type Engine = 'redis' | 'postgres';

export type StackOptions = {
  workers?: number;
  servers?: number;
  /** true: what the programs talk to stands behind proxies that can fall silent */
  network?: boolean;
  /** on top of the addresses below, for server and workers */
  env?: Record<string, string>;
  /**
   * false: no write waits for the disk, and as a test it shares PostgreSQL; for runs that do not crash it. Default
   * true, as the product runs.
   */
  durable?: boolean;
  /**
   * This release runs first, on its own schema and with a shop that it made; as many programs of the present one stand
   * beside, not started.
   */
  former?: FormerRelease;
};

/** A program at its own address: where it answers requests, or a worker its metrics. */
export type RunningProgram = Program & { url: string };

/**
 * A whole Windlass of this run alone: real processes, real PostgreSQL, real Redis, a real mail server, all on loopback.
 */
export type Stack = {
  folder: string;
  engine: Engine;
  /** the server's address, the same over all its lives */
  url: string;
  postgres: OwnPostgres;
  /** undefined where PostgreSQL is the engine */
  redis: OwnRedis | undefined;
  mail: MailSink;
  server: Program;
  /** the first and any others, each at its own address */
  servers: RunningProgram[];
  /** with `network: true` */
  network: Network | undefined;
  workers: RunningProgram[];
  /** with `former`: this release's, not started */
  next: { servers: RunningProgram[]; workers: RunningProgram[] };
  /** the run's own eyes: connections the programs do not know of */
  database: Database;
  shop: Shop;
  placeOrders(count: number): Promise<PlacedOrder[]>;
  close(): Promise<void>;
};

const SECRET = 'secret-of-the-fault-runs-0123456789abcdef';
/** As many programs more want as many connections more. */
const TWICE = { max_connections: '200' };
const UNSAFE = { fsync: 'off', full_page_writes: 'off' };

export type StackPlace = { folder: string; engine: Engine; history: History };

/**
 * Brings it up: database and engine, then a shop, then the programs. What was started is stopped where a later step
 * fails.
 */
export async function startStack({ folder, engine, history }: StackPlace, options: StackOptions = {}): Promise<Stack> {
  const { workers = 1, servers = 1, env = {}, durable = true, former } = options;
  const stops: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const stop of stops.splice(0).toReversed()) await stop();
  };
  try {
    const cluster = path.join(folder, 'cluster');
    stops.push(async () => fs.rmSync(cluster, { recursive: true, force: true }));
    const borrows = !durable && hasTestDatabase() && !former;
    const postgres = borrows
      ? await borrowPostgres()
      : await startPostgres({
          folder: cluster,
          settings: { ...(durable ? {} : UNSAFE), ...(former && TWICE) },
          ...(former && { migrate: former.migrate }),
        });
    stops.push(() => postgres.stop());
    const redis = engine === 'redis' ? await startRedis(path.join(folder, 'redis')) : undefined;
    if (redis) stops.push(() => redis.stop());
    const mail = await startMailSink(history);
    stops.push(() => mail.close());

    const storageUrl = pathToFileURL(path.join(folder, 'objects')).href;
    const database = openDatabase({
      url: postgres.url,
      poolSize: 4,
      applicationName: 'windlass faults',
      report: () => {},
    });
    stops.push(() => database.close());
    const storage = openStorage(storageUrl);
    const shop = former
      ? await former.makeShop({ databaseUrl: postgres.url, storageUrl })
      : await makeShop(database, storage);
    await storage.close();

    const network = options.network ? await startNetwork({ postgres, redis, mail }) : undefined;
    if (network) stops.push(() => network.close());
    const databaseUrl = network?.databaseUrl ?? postgres.url;
    const urlOf = (port: number) => `http://127.0.0.1:${port}`;
    const ports = await Promise.all(Array.from({ length: servers }, findSteadyPort));
    const url = urlOf(ports[0]!);
    const common: NodeJS.ProcessEnv = {
      MALLOC_ARENA_MAX: '2', // as scripts/up/make-environment.ts
      ...ownEnvironment(),
      PUBLIC_URL: url,
      DATABASE_URL: databaseUrl,
      QUEUE_URL: (redis && (network?.redisUrl ?? redis.url)) ?? databaseUrl,
      STORAGE_URL: storageUrl,
      SMTP_URL: network?.mailUrl ?? mail.url,
      AUTH_SECRET: SECRET,
      LINK_SECRET: SECRET,
      SEAL_KEYS: `1:${SECRET}`,
      UNDO_SECONDS: '0',
      // All listeners of a run share one session.
      STREAMS_PER_SESSION: '1000',
      STREAMS_PER_PERSON: '1000',
      LOG_LEVEL: 'info',
      ...env,
    };
    const program = (name: string, app: 'server' | 'worker', at: { port: number; home: string }): RunningProgram => {
      const made = createProgram({
        name,
        home: at.home,
        file: `apps/${app}/src/main.ts`,
        env: {
          NODE_COMPILE_CACHE: path.join(at.home, 'node_modules', '.cache', 'node-compile'),
          ...common,
          [app === 'server' ? 'PORT' : 'WORKER_METRICS_PORT']: String(at.port),
        },
        logFile: path.join(folder, `${name}.log`),
        history,
      });
      stops.push(() => made.kill());
      return { ...made, url: urlOf(at.port) };
    };
    const team = async (of: string, home: string, serverPorts: readonly number[]) => {
      const front = serverPorts.map((port, i) =>
        program(i === 0 ? `${of}server` : `${of}server-${i + 1}`, 'server', { port, home }),
      );
      const crew: RunningProgram[] = [];
      for (let i = 1; i <= workers; i += 1)
        crew.push(program(`${of}worker-${i}`, 'worker', { port: await findSteadyPort(), home }));
      return { servers: front, workers: crew };
    };
    const first = await team(former ? 'former-' : '', former?.root ?? root, ports);
    const next = former
      ? await team('', root, await Promise.all(ports.map(findSteadyPort)))
      : { servers: [], workers: [] };
    await Promise.all([...first.servers, ...first.workers].map((one) => one.start()));
    return {
      folder,
      engine,
      url,
      postgres,
      redis,
      mail,
      server: first.servers[0]!,
      ...first,
      next,
      network,
      database,
      shop,
      placeOrders: (count) => placeOrders(database, shop, count),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
