import pg from 'pg';
import { openClient } from './open-client.ts';

export type Application = { role: string; password: string; database: string };

/**
 * Gives the application a role of its own that owns its database and is no superuser: a superuser may read and write
 * the machine's files with the server's rights, which can be root's. CREATEDB lets tests clone a template database and
 * `prisma migrate dev` make its shadow. Safe to repeat.
 */
export async function createRoles(superuserUrl: string, { role, password, database }: Application): Promise<void> {
  const client = await openClient(superuserUrl, 'windlass roles');
  const name = pg.escapeIdentifier(role);
  try {
    const { rowCount: known } = await client.query('select from pg_roles where rolname = $1', [role]);
    if (!known) await client.query(`create role ${name}`);
    await client.query(
      `alter role ${name} login createdb nosuperuser nocreaterole password ${pg.escapeLiteral(password)}`,
    );
    // A transaction left open holds its locks and stops vacuum; 10 s is far above any of ours.
    await client.query(`alter role ${name} set idle_in_transaction_session_timeout = '10s'`);
    const { rowCount: made } = await client.query('select from pg_database where datname = $1', [database]);
    if (!made) await client.query(`create database ${pg.escapeIdentifier(database)} owner ${name}`);
  } finally {
    await client.end();
  }
}
