import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { openDatabase, type Database } from '@windlass/db/open-database';
import type { Sql } from '@windlass/db/sql';
import { createTestDatabase, type TestDatabase } from '@windlass/db/testing';
import { openStorage } from '@windlass/storage/open-storage';
import type { Storage } from '@windlass/storage/storage';
import { until } from '@windlass/testkit/until';
import { type MailServer, startMailServer } from './start-mail-server.ts';
import { type RunningServer, type ServerOptions, startServer } from './start-server.ts';
import { type RunningTestWorker, startWorkerProcess, type WorkerOptions } from './start-worker-process.ts';
import { watchHandles } from './watch-handles.ts';

export type House = {
  /** The present server: another one after `restart`. */
  server: RunningServer;
  worker: RunningTestWorker | undefined;
  mail: MailServer;
  /** The test's own eyes and hands: connections the server does not know of. */
  database: Database;
  storage: Storage;
  /** For a second server on the same database and objects. */
  common: Omit<ServerOptions, 'port'>;
  startWorker(options?: Pick<WorkerOptions, 'pictures'>): Promise<RunningTestWorker>;
  stopWorker(): Promise<void>;
  /** Stops the server, does `meanwhile`, and starts a new one on the same port. */
  restart(meanwhile?: () => Promise<void>): Promise<void>;
  /** Stops and removes everything; fails if a handle is left or a background error was reported meanwhile. */
  close(): Promise<void>;
};

export type HouseOptions = Pick<ServerOptions, 'undoSeconds' | 'trustProxy' | 'uploadLimits' | 'env'> &
  Pick<WorkerOptions, 'onLostCommit'> & {
    /** False: nobody sends what is queued, until `startWorker`. */
    worker?: boolean;
    /** Default: a folder of its own. */
    storageUrl?: string;
    /** Default: an empty one. It is dropped with the house. */
    testDatabase?: TestDatabase;
  };

/**
 * A whole house on loopback: database, objects on disk, mail server, HTTP server, worker. Everything is real, and only
 * this test's.
 */
export async function startHouse({
  worker: withWorker = true,
  onLostCommit,
  storageUrl: otherStorage,
  testDatabase: otherDatabase,
  ...settings
}: HouseOptions = {}): Promise<House> {
  const checkHandles = watchHandles();
  const testDatabase = otherDatabase ?? (await createTestDatabase());
  const folder = mkdtempSync(path.join(os.tmpdir(), 'windlass-server-test-'));
  const storageUrl = otherStorage ?? pathToFileURL(folder).href;
  const reported: Error[] = [];
  const report = (error: Error) => void reported.push(error);
  const database = openDatabase({
    url: testDatabase.url,
    poolSize: 6, // people are made six at a time, and each takes a connection while their password is hashed
    applicationName: 'windlass test',
    report,
  });
  const storage = openStorage(storageUrl);
  const mail = await startMailServer();
  const common: Omit<ServerOptions, 'port'> = { ...settings, databaseUrl: testDatabase.url, storageUrl, report };

  const house: House = {
    server: await startServer(common),
    worker: undefined,
    mail,
    database,
    storage,
    common,
    async startWorker(options = {}) {
      const { url: publicUrl } = house.server;
      house.worker = await startWorkerProcess({ ...common, ...options, smtpUrl: mail.url, publicUrl, onLostCommit });
      return house.worker;
    },
    async stopWorker() {
      const { worker } = house;
      house.worker = undefined;
      await worker?.stop();
    },
    async restart(meanwhile) {
      const { port } = house.server;
      await house.server.stop();
      await meanwhile?.();
      house.server = await startServer({ ...common, port });
    },
    async close() {
      await house.stopWorker();
      await house.server.stop();
      await mail.close();
      await storage.close();
      await untilAlone(database.sql);
      const errors = reported.map((error) => error.message).filter((message) => !SLOW_MACHINE.includes(message)); // dropping the database may yet interrupt our own last connection
      await database.close();
      await testDatabase.drop();
      rmSync(folder, { recursive: true, force: true });
      await checkHandles();
      if (errors.length > 0) throw new Error(`Errors in the background: ${errors.join('; ')}`);
    },
  };
  if (withWorker) await house.startWorker();
  return house;
}

/** A new connection that took two seconds was given up, and another made: a busy machine is slow, not wrong. */
const SLOW_MACHINE = ['Connection terminated due to connection timeout', 'timeout exceeded when trying to connect'];

const OTHERS = `select application_name as name from pg_stat_activity
  where datname = current_database() and backend_type = 'client backend' and application_name <> 'windlass test'`;

/** A pool that was closed says goodbye to the server; one that was forgotten does not. */
async function untilAlone(sql: Sql): Promise<void> {
  let others: { name: string }[] = [];
  const alone = async () => {
    others = await sql.rows<{ name: string }>('others', OTHERS);
    return others.length === 0;
  };
  await until('connections to close', alone).catch(() => {
    throw new Error(
      `Connections left to the database after everything was closed: ${others.map(({ name }) => name).join(', ')}.`,
    );
  });
}
