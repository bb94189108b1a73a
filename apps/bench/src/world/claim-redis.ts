import { Redis } from 'ioredis';

/** The databases of a Redis server, 0 left out: it holds the counter that test files share as well. */
const DATABASES = 15;

/**
 * The address of a database of this Redis, emptied: queue names are the same in every benchmark, and so would be their
 * keys.
 */
export async function claimRedis(server: string): Promise<string> {
  const url = new URL(server);
  const redis = new Redis(server);
  try {
    const database = ((await redis.incr('windlass:tests')) % DATABASES) + 1;
    await redis.select(database);
    await redis.flushdb();
    url.pathname = `/${database}`;
    return url.toString();
  } finally {
    redis.disconnect();
  }
}
