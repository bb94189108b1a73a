import { fileURLToPath } from 'node:url';
import { openClient } from './embedded/open-client.ts';
import { applyMigration } from './migrate/apply-migration.ts';
import { findPending } from './migrate/find-pending.ts';
import { lockMigrations } from './migrate/lock-migrations.ts';
import { readApplied } from './migrate/read-applied.ts';
import { readMigrations } from './migrate/read-migrations.ts';

/** How long a migration goes on trying to get its locks. */
const PATIENCE_MS = 300_000;
const MIGRATIONS = fileURLToPath(new URL('../prisma/migrations', import.meta.url));

/**
 * Brings a database up to this build and leaves it as `prisma migrate deploy` would: the same lock, table, checksums
 * and rows. Answers the names it applied. Throws a StartFailure where the history and the files disagree; then nothing
 * was applied. Programs may work meanwhile: each migration gives way to them until it gets its locks.
 */
export async function migrate(
  url: string,
  folder: string = MIGRATIONS,
  { patienceMs = PATIENCE_MS } = {},
): Promise<string[]> {
  const migrations = readMigrations(folder);
  const client = await openClient(url, 'windlass migrate');
  try {
    await lockMigrations(client);
    const pending = findPending(migrations, await readApplied(client));
    for (const migration of pending) await applyMigration(client, migration, patienceMs);
    return pending.map(({ name }) => name);
  } finally {
    // Ends the session, and with it the lock.
    await client.end();
  }
}
