/**
 * To be run once after a backup was restored, before the programs start: all messages wait until an admin of each shop
 * releases them.
 */
import { holdAllShops } from '@windlass/capabilities/deliveries/operations';
import { openDatabase } from '@windlass/db/open-database';
import { readServerEnv } from './env.ts';

const env = readServerEnv();

const database = openDatabase({
  url: env.DATABASE_URL,
  poolSize: 1,
  applicationName: 'windlass hold',
  report: (error) => console.error(error.message),
});
try {
  await database.transaction(holdAllShops);
  console.log('messages are held until an admin releases them, at the top of any screen');
} finally {
  await database.close();
}
