import { type Database, openDatabase } from '@windlass/db/open-database';
import type { World } from './world.ts';

/** The bench's own connections to a database of the run. */
export function openTestDatabase(world: World, url: string): Database {
  const database = openDatabase({
    url,
    poolSize: 12,
    applicationName: 'windlass bench',
    report: (error) => world.say(error.message),
  });
  world.whenOver(() => database.close());
  return database;
}
