import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openClient } from './embedded/open-client.ts';
import { readTestDatabaseUrl } from './testing/env.ts';

/** The migrated, empty database that every test's own is a copy of. */
export const TEMPLATE = 'windlass_template';
/** Databases of tests carry this prefix, so that what a killed run left is found and dropped. */
export const TEST_PREFIX = 'windlass_test_';

export type TestDatabase = {
  /** the application's role, in a database no other test sees */
  url: string;
  /** drops it, whoever is still connected */
  drop: () => Promise<void>;
};

/**
 * A database of its own for one test file, cloned from the migrated template in about 50 ms. `template1` gives an empty
 * one. Runs only under the tests of the repository root, which start the server.
 */
export async function createTestDatabase(template: string = TEMPLATE): Promise<TestDatabase> {
  const server = readTestDatabaseUrl();
  const name = TEST_PREFIX + randomBytes(8).toString('hex');
  await runOnce(server, `create database ${pg.escapeIdentifier(name)} template ${pg.escapeIdentifier(template)}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.toString(),
    drop: () => dropDatabase(server, name),
  };
}

/** An autovacuum that is at work there belongs to the superuser, so it cannot be cut off; it is done in a moment. */
async function dropDatabase(server: string, name: string): Promise<void> {
  const drop = () => runOnce(server, `drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
  const refused = (error: unknown) => (error as { code?: string }).code === '42501';
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(200)) {
    const error: unknown = await drop().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error === undefined) return;
    if (!refused(error)) throw error;
  }
  await drop();
}

async function runOnce(url: string, statement: string): Promise<void> {
  const client = await openClient(url, 'windlass testing');
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
