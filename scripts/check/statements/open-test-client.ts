import { openDatabase } from '../../../packages/db/src/open-database.ts';
import { createTestDatabase } from '../../../packages/db/src/testing.ts';
import type { Client } from './read-catalog.ts';

export type TestClient = { client: Client; close: () => Promise<void> };

/** A client of our own pool, so with its parsers, in a migrated database that is dropped at the end. */
export async function openTestClient(): Promise<TestClient> {
  const { url, drop } = await createTestDatabase();
  const report = (error: Error) => console.error(error);
  const database = openDatabase({ url, poolSize: 1, applicationName: 'windlass statements', report });
  const client = await database.pool.connect();
  return {
    client,
    async close() {
      client.release();
      await database.close();
      await drop();
    },
  };
}
