import { readTestRedisUrl } from '@windlass/testkit/env';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { checkRedis } from '../src/dispatch/check-redis.ts';

const url = readTestRedisUrl();

test('a Redis that is away is not ready', async () => {
  await expect(checkRedis('redis://127.0.0.1:1')).rejects.toThrow();
});

test.skipIf(!url)('a Redis that may evict jobs is not ready, and one that may not is', async () => {
  const admin = new Redis(url!);
  try {
    await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await expect(checkRedis(url!)).rejects.toThrow(/noeviction/);
    await admin.config('SET', 'maxmemory-policy', 'noeviction');
    await expect(checkRedis(url!)).resolves.toBeUndefined();
  } finally {
    await admin.config('SET', 'maxmemory-policy', 'noeviction');
    admin.disconnect();
  }
});
