/**
 * Seals every kept secret anew that is not under the first key of SEAL_KEYS. To be run once all servers know that key
 * (docs/many-machines.md), while they run; `npm start` does it by itself.
 */
import { sealKeysOf } from '@windlass/capabilities/kit/seal-keys';
import { EXIT_MISCONFIGURED } from '@windlass/config/parse-env';
import { openDatabase } from '@windlass/db/open-database';
import { readServerEnv } from './env.ts';
import { plugList } from './plugs.ts';

const env = readServerEnv();
const keys = sealKeysOf(env);
const [first] = keys.named;
if (!first) {
  console.error('Set SEAL_KEYS, as the servers have it: its first key is the one to seal with.');
  process.exit(EXIT_MISCONFIGURED);
}

const database = openDatabase({
  url: env.DATABASE_URL,
  poolSize: 1,
  applicationName: 'windlass reseal',
  report: (error) => console.error(error.message),
});
try {
  const sums = await Promise.all(plugList.map(async ({ reseal }) => reseal?.(database, keys)));
  const count = (of: 'kept' | 'anew' | 'unreadable') => sums.reduce((sum, one) => sum + (one?.[of] ?? 0), 0);
  console.log(`sealed under key ${first.id}: ${count('kept') + count('anew')}, of which anew: ${count('anew')}`);
  if (count('unreadable') > 0)
    console.log(`opened by no key, to be entered again in Settings or their key put back: ${count('unreadable')}`);
} finally {
  await database.close();
}
