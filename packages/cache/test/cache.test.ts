import { setTimeout as wait } from 'node:timers/promises';
import { readTestRedisUrl } from '@windlass/testkit/env';
import { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import { type Cache, openCache } from '../src/open-cache.ts';

const MINUTE = 60_000;

/** A source that says how often it was asked, and answers its present value. */
function makeSource(value = 1) {
  const source = {
    value,
    asked: 0,
    load: async () => {
      source.asked += 1;
      const seen = source.value;
      await wait(20);
      return { seen };
    },
  };
  return source;
}

async function withCaches(
  count: number,
  url: string | undefined,
  work: (caches: Cache[], errors: Error[]) => Promise<void>,
) {
  const errors: Error[] = [];
  const caches = Array.from({ length: count }, () => openCache({ url, report: (error) => errors.push(error) }));
  if (url) await wait(200); // connected
  try {
    await work(caches, errors);
  } finally {
    for (const cache of caches) await cache.close();
  }
}

test('a value is loaded once for all who ask at once, and again only after its time or a drop', () =>
  withCaches(1, undefined, async ([cache]) => {
    const source = makeSource();
    const get = () => cache!.get('a', { ttlMs: 300, load: source.load });
    expect(await Promise.all([get(), get(), get()])).toEqual([{ seen: 1 }, { seen: 1 }, { seen: 1 }]);
    await get();
    expect(source.asked).toBe(1);
    source.value = 2;
    cache!.drop(['a']);
    expect(await get()).toEqual({ seen: 2 });
    source.value = 3;
    await wait(350);
    expect(await get()).toEqual({ seen: 3 });
    expect(cache!.stats()).toEqual({ near: 1, shared: 0, loaded: 3 });
  }));

test('what was being loaded while it was dropped is answered but not kept', () =>
  withCaches(1, undefined, async ([cache]) => {
    const source = makeSource();
    const stale = cache!.get('a', { ttlMs: MINUTE, load: source.load });
    await wait(5);
    source.value = 2;
    cache!.drop(['a']);
    expect(await stale).toEqual({ seen: 1 });
    expect(await cache!.get('a', { ttlMs: MINUTE, load: source.load })).toEqual({ seen: 2 });
  }));

test('a load that fails is nobody’s value: the next one tries again', () =>
  withCaches(1, undefined, async ([cache]) => {
    await expect(
      cache!.get('a', { ttlMs: MINUTE, load: async () => Promise.reject(new Error('away')) }),
    ).rejects.toThrow('away');
    expect(await cache!.get('a', { ttlMs: MINUTE, load: async () => 'here' })).toBe('here');
  }));

test('it keeps to its bytes: what has not been asked for longest goes first', async () => {
  const cache = openCache({ mostBytes: 10_000, report: () => undefined });
  const source = makeSource();
  for (let i = 0; i < 20; i += 1) await cache.get(`k${i}`, { ttlMs: MINUTE, load: async () => 'x'.repeat(990) });
  await cache.get('k19', { ttlMs: MINUTE, load: async () => 'y' });
  await cache.get('k0', { ttlMs: MINUTE, load: source.load });
  expect([cache.stats().near, source.asked]).toEqual([1, 1]);
  await cache.close();
});

describe.skipIf(!readTestRedisUrl())('with Redis', () => {
  const url = () => `${readTestRedisUrl()!.replace(/\/\d*$/, '')}/0`;
  const key = () => `test-${crypto.randomUUID()}`;

  test('what one process loaded another need not; a drop reaches both tiers', () =>
    withCaches(2, url(), async ([one, two]) => {
      const source = makeSource();
      const k = key();
      const from = (cache: Cache | undefined) => cache!.get(k, { ttlMs: MINUTE, load: source.load });
      await from(one);
      await wait(50);
      await from(two);
      expect(source.asked).toBe(1);
      expect(two!.stats()).toEqual({ near: 0, shared: 1, loaded: 0 });
      source.value = 2;
      for (const cache of [one!, two!]) cache.drop([k]); // each process hears of the change by the event record
      await wait(50);
      expect([await from(two), await from(one)]).toEqual([{ seen: 2 }, { seen: 2 }]);
      expect(source.asked).toBe(2);
    }));

  test('a value in Redis ends with its time', () =>
    withCaches(1, url(), async ([cache]) => {
      const k = key();
      await cache!.get(k, { ttlMs: 5_000, load: async () => 'v' });
      await wait(50);
      const redis = new Redis(url());
      expect(await redis.pttl(`wl:cache:${k}`)).toBeGreaterThan(4_000);
      redis.disconnect();
    }));
});

test('a Redis that is away is a miss at once, said once, and never an error', () =>
  withCaches(1, 'redis://127.0.0.1:1', async ([cache], errors) => {
    const source = makeSource();
    for (let i = 0; i < 20; i += 1)
      expect(await cache!.get(`a${i}`, { ttlMs: MINUTE, load: source.load })).toEqual({ seen: 1 });
    expect(source.asked).toBe(20);
    cache!.drop(['a1']);
    await wait(50);
    expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining('The shared cache does not answer')]);
  }));
