import { Redis } from 'ioredis';
import { readTestRedisUrl } from './env.ts';

/** The databases of a Redis server, 0 left out: it holds the counter. */
const DATABASES = 15;

/**
 * The address of an empty database of the test Redis, which there must be: queue names are the same in every test and
 * benchmark, and so would be their keys. Fifteen may run at once before two of them share one.
 */
export async function claimRedis(): Promise<string> {
  const url = new URL(readTestRedisUrl()!);
  const redis = new Redis(url.toString());
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
