import { createTestDatabase } from '@windlass/db/testing';
import type { OwnPostgres } from './start-postgres.ts';

/**
 * A migrated database in the PostgreSQL that all tests share, in 50 ms. For runs that leave PostgreSQL itself alone.
 */
export async function borrowPostgres(): Promise<OwnPostgres> {
  const { url, drop } = await createTestDatabase();
  const refuse = (): never => {
    throw new Error(
      'This PostgreSQL is shared by all tests: a run that harms it says `durable: true` and has one of its own.',
    );
  };
  return {
    url,
    get superuserUrl() {
      return refuse();
    },
    port: Number(new URL(url).port),
    crash: refuse,
    killPostmaster: refuse,
    restart: refuse,
    stop: drop,
  };
}
