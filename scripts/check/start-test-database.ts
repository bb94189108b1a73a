import fs from 'node:fs';
import path from 'node:path';
import { type Embedded, startEmbedded } from '../../packages/db/src/embedded.ts';
import { openClient } from '../../packages/db/src/embedded/open-client.ts';
import { FolderInUse } from '../../packages/db/src/embedded/take-over.ts';
import { migrate } from '../../packages/db/src/migrate.ts';
import { TEMPLATE, TEST_PREFIX } from '../../packages/db/src/testing.ts';

export type TestService = { url: string; stop: () => Promise<void> };

/**
 * Nothing in a test database outlives the run, so no write waits for the disk. Many tests run at once, with many
 * workers each. An autovacuum worker in a test's database would keep its owner, who may not end that worker, from
 * dropping it.
 */
const SETTINGS = { fsync: 'off', full_page_writes: 'off', max_connections: '400', autovacuum: 'off' };

export type TestDatabaseOptions = {
  /** Below the data folder. */
  folder?: string;
  settings?: Record<string, string>;
  /** Its address as programs of this machine use it, by a unix socket; some tests stand in the way of a port. */
  local?: boolean;
};

/**
 * Starts PostgreSQL in `<data>/<folder>` with a freshly migrated template database. Where another run holds the folder
 * (a watch in the next terminal), this one gets a folder of its own, removed at the end.
 */
export async function startTestDatabase(
  data: string,
  { folder = 'test', settings = SETTINGS, local = false }: TestDatabaseOptions = {},
): Promise<TestService> {
  const shared = path.join(data, folder);
  const own = `${shared}-${process.pid}`;
  const embedded = await startEmbedded({ folder: shared, settings }).catch((error: unknown) => {
    if (!(error instanceof FolderInUse)) throw error;
    return startEmbedded({ folder: own, settings });
  });
  await makeTemplate(embedded);
  return {
    url: local ? embedded.localUrl : embedded.url,
    stop: async () => {
      await embedded.stop();
      fs.rmSync(own, { recursive: true, force: true });
    },
  };
}

/** Migrated anew each run: a template of yesterday may hold a migration that was rewritten since. */
async function makeTemplate(embedded: Embedded): Promise<void> {
  const superuser = await openClient(embedded.superuserUrl, 'windlass test template');
  try {
    const { rows } = await superuser.query<{ name: string }>(
      'select datname as name from pg_database where datname = $1 or starts_with(datname, $2)',
      [TEMPLATE, TEST_PREFIX],
    );
    for (const { name } of rows) await superuser.query(`drop database "${name}" with (force)`);
    await superuser.query(`create database ${TEMPLATE} owner windlass`);
    const url = new URL(embedded.url);
    url.pathname = `/${TEMPLATE}`;
    await migrate(url.toString());
    // A database somebody is connected to cannot be cloned.
    await superuser.query(`alter database ${TEMPLATE} allow_connections false`);
  } finally {
    await superuser.end();
  }
}
