import { surviveBrokenClients } from '@windlass/db/survive-broken-clients';
import { runMigrations } from 'bullmq';
import pg from 'pg';
import { queueNames } from '../jobs/queues.ts';

/** BullMQ's own tables live in this schema of the application's database. */
const SCHEMA = 'bullmq';

/**
 * Each queue's worker listens on a connection of its own; all other work of the engine shares a few. Left to itself
 * BullMQ opens a pool for each queue and each worker: 36 connections a process, and three processes are more than
 * PostgreSQL allows.
 */
const CONNECTIONS = queueNames.length + 6;

/**
 * The engine's connections in this process, to a schema brought up to date. Any number of processes may do so at once.
 */
export async function openEnginePool(url: string): Promise<pg.Pool> {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    application_name: 'windlass engine',
    // The engine holds no truth (docs/decisions/0001): what a crash of the last moments takes from its tables is
    // dispatched again, so none of its statements waits for the disk.
    options: `-c search_path=${SCHEMA} -c synchronous_commit=off`,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
    query_timeout: 11_000, // a connection that fell silent is thrown away
    keepAlive: true, // a listening connection that died in silence would wait for an hour
  });
  surviveBrokenClients(pool);
  pool.setMaxListeners(2 * queueNames.length + 2); // every queue and every worker listens for errors
  try {
    const client = await pool.connect();
    try {
      await runMigrations(client, SCHEMA);
    } finally {
      client.release();
    }
  } catch (error) {
    await pool.end();
    throw error;
  }
  return pool;
}
