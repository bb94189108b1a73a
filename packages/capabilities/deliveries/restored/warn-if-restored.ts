import type { Logger } from '@windlass/config/logger';
import type { Database } from '@windlass/db/open-database';
import { recogniseDatabase } from './recognise-database.ts';

/** Every program looks when it starts, whichever is first; the log says why nothing leaves the house. */
export async function warnIfRestored({ database, log }: { database: Database; log: Logger }): Promise<void> {
  if ((await recogniseDatabase(database)) === 'restored')
    log.warn('this is a restored backup: messages are held until an admin releases them');
}
