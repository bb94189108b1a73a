import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { StartFailure } from '../start-failure.ts';
import type { Migration } from './read-migrations.ts';

/**
 * Applies one migration and writes its row. The file goes to the server as one query, which PostgreSQL runs as one
 * transaction: all of it or nothing. A file of one single statement runs outside any transaction block, so CREATE INDEX
 * CONCURRENTLY stands alone in its file; where it fails it may leave an invalid index to drop. A failure leaves an
 * unfinished row with the error, which stops the next start.
 */
export async function applyMigration(client: Client, { name, sql, checksum }: Migration): Promise<void> {
  const id = randomUUID();
  await client.query('insert into _prisma_migrations (id, checksum, migration_name) values ($1, $2, $3)', [
    id,
    checksum,
    name,
  ]);
  try {
    await client.query(sql);
  } catch (error) {
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
