/**
 * To be run once after a backup was restored, before the programs start: all messages wait until an admin of each shop
 * releases them.
 */
import { openDatabase } from '@windlass/db/open-database';
import { readServerEnv } from './env.ts';
import { plugList } from './plugs.ts';

const env = readServerEnv();

const database = openDatabase({
  url: env.DATABASE_URL,
  poolSize: 1,
  applicationName: 'windlass hold',
  report: (error) => console.error(error.message),
});
try {
  await database.transaction(async (tx) => {
    for (const plug of plugList) await plug.hold?.(tx);
  });
  console.log('messages are held until an admin releases them, at the top of any screen');
} finally {
  await database.close();
}
