import { Redis } from 'ioredis';

/** Longer than Redis on the same network ever takes; the value can be loaded in less. In ms. */
const TIMEOUT_MS = 100;
/** One word about a tier that is away, not one for each request. In ms. */
const REPORT_EVERY_MS = 10_000;
const PREFIX = 'wl:cache:';

export type SharedTier = {
  get(key: string): Promise<string | undefined>;
  set(key: string, text: string, ttlMs: number): void;
  drop(keys: readonly string[]): void;
  close(): Promise<void>;
};

/** Redis as a tier that all processes share. Away, slow or full it answers like an empty one. */
export function openSharedTier(url: string, report: (error: Error) => void): SharedTier {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: TIMEOUT_MS,
    connectTimeout: 2_000,
    retryStrategy: (times) => Math.min(times * 200, 5_000),
  });
  let reported = Number.NEGATIVE_INFINITY;
  const tell = (error: unknown) => {
    if (performance.now() - reported < REPORT_EVERY_MS) return;
    reported = performance.now();
    report(new Error('The shared cache does not answer; what it would know is loaded instead.', { cause: error }));
  };
  redis.on('error', tell);
  return {
    get: async (key) => (await redis.get(PREFIX + key).catch(tell)) ?? undefined,
    set: (key, text, ttlMs) => void redis.set(PREFIX + key, text, 'PX', ttlMs).catch(tell),
    drop: (keys) => {
      if (keys.length > 0) void redis.del(...keys.map((key) => PREFIX + key)).catch(tell);
    },
    close: async () => redis.disconnect(),
  };
}
