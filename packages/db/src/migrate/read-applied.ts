import type { Client } from 'pg';

/**
 * A row of Prisma's ledger that was not rolled back. `finished` is false where the migration failed or was interrupted.
 */
export type Applied = { name: string; checksum: string; finished: boolean };

/** Prisma's table, column by column as its schema engine makes it. */
const LEDGER = `
  create table if not exists _prisma_migrations (
    id                  varchar(36) primary key not null,
    checksum            varchar(64) not null,
    finished_at         timestamptz,
    migration_name      varchar(255) not null,
    logs                text,
    rolled_back_at      timestamptz,
    started_at          timestamptz not null default now(),
    applied_steps_count integer not null default 0
  )`;

/** The ledger in the order it was written, made where the database is new. */
export async function readApplied(client: Client): Promise<Applied[]> {
  await client.query(LEDGER);
  const { rows } = await client.query<Applied>(
    `select migration_name as name, checksum, finished_at is not null as finished
       from _prisma_migrations
      where rolled_back_at is null
      order by started_at`,
  );
  return rows;
}
