import pg from 'pg';
import type { World } from './world.ts';

/** Bare pg, for the twins. */
export function openBarePool(world: World, databaseUrl: string, size: number): pg.Pool {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: size });
  let over = false;
  // Dropping the database cuts connections that are still saying goodbye.
  const report = (error: Error) => void (over || world.say(error.message));
  pool.on('error', report);
  pool.on('connect', (client) => client.on('error', report));
  world.whenOver(() => {
    over = true;
    return pool.end();
  });
  return pool;
}
