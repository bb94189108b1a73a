import type { Client } from 'pg';
import { StartFailure } from '../start-failure.ts';

/** The advisory lock of Prisma's own schema engine, so that a `prisma migrate deploy` beside us waits too. */
const PRISMA_LOCK = 72_707_369;

/** Waits until no other migration runs on this database. The lock lasts as long as the session. */
export async function lockMigrations(client: Client): Promise<void> {
  await client.query("set lock_timeout = '60s'");
  try {
    await client.query('select pg_advisory_lock($1)', [PRISMA_LOCK]);
  } catch (error) {
    if ((error as { code?: string }).code !== '55P03') throw error;
    throw new StartFailure(
      'Another migration has held this database for a minute: let it end or stop it, then start again.',
      { cause: error },
    );
  }
  await client.query('set lock_timeout = 0');
}
