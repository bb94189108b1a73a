import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { StartFailure } from '../start-failure.ts';
import { giveWay, isInTheWay } from './give-way.ts';
import type { Migration } from './read-migrations.ts';

/**
 * Applies one migration and writes its row. The file goes to the server as one query, which PostgreSQL runs as one
 * transaction: all of it or nothing. A file of one single statement runs outside any transaction block, so CREATE INDEX
 * CONCURRENTLY stands alone in its file; where it fails it may leave an invalid index to drop. A failure leaves an
 * unfinished row with the error, which stops the next start; one that found no moment for its locks leaves none.
 */
export async function applyMigration(
  client: Client,
  { name, sql, checksum }: Migration,
  patienceMs: number,
): Promise<void> {
  const id = randomUUID();
  await client.query('insert into _prisma_migrations (id, checksum, migration_name) values ($1, $2, $3)', [
    id,
    checksum,
    name,
  ]);
  try {
    await giveWay(client, sql, patienceMs);
  } catch (error) {
    if (isInTheWay(error)) {
      await client.query('delete from _prisma_migrations where id = $1', [id]);
      throw new StartFailure(
        `Migration ${name} found no moment for its locks: something holds tables that it changes, such as a dump. ` +
          'Nothing was changed; start again when that is over.',
        { cause: error },
      );
    }
    const reason = (error as Error).message;
    await client.query('update _prisma_migrations set logs = $2 where id = $1', [id, reason]);
    throw new StartFailure(
      `Migration ${name} failed and was rolled back (${reason}): mend its cause, then run ` +
        `"prisma migrate resolve --rolled-back ${name}" in packages/db and start again.`,
      { cause: error },
    );
  }
  await client.query('update _prisma_migrations set finished_at = now(), applied_steps_count = 1 where id = $1', [id]);
}
