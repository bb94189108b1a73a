import { LRUCache } from 'lru-cache';
import { openSharedTier, type SharedTier } from './shared-tier.ts';

/**
 * `ttlMs` may depend on what was found: that something is missing is worth keeping for less long than that it is there.
 */
export type Loading<Value> = { ttlMs: number | ((value: Value) => number); load: () => Promise<Value> };

export type CacheStats = { near: number; shared: number; loaded: number };

/** Copies of what PostgreSQL or storage knows. Losing all of it costs time, never truth. */
export type Cache = {
  /**
   * The value of a key: from this process, else from the shared tier, else loaded, once for all who ask at the same
   * time. It must survive JSON, and whoever gets it must not change it. What was dropped while it was being loaded is
   * not kept.
   */
  get<Value extends object | number | string>(key: string, options: Loading<Value>): Promise<Value>;
  /** Keeps what somebody has just learnt; a load under way does not overwrite it. */
  put(key: string, value: object | number | string, ttlMs: number): void;
  /** Forgets keys, here and in the shared tier. */
  drop(keys: readonly string[]): void;
  /** Where answers came from so far. */
  stats(): CacheStats;
  close(): Promise<void>;
};

export type CacheOptions = {
  /** `redis://...`: a tier all processes share. Its own instance or database: it may evict. */
  url?: string | undefined;
  /** In bytes of JSON. */
  mostBytes?: number;
  report: (error: Error) => void;
};

type Entry = { text: string; value: unknown };

/**
 * Opens the cache of one process, in front of the shared tier where there is one. Connects in the background; a tier
 * that is away is a miss.
 */
export function openCache({ url, mostBytes = 16 * 1024 * 1024, report }: CacheOptions): Cache {
  const near = new LRUCache<string, Entry>({
    maxSize: mostBytes,
    sizeCalculation: (entry, key) => entry.text.length + key.length,
    ttl: 1,
    ttlAutopurge: false,
  });
  const shared: SharedTier | undefined = url ? openSharedTier(url, report) : undefined;
  /** Loads under way; a drop takes them out, and what they bring is not kept. */
  const loading = new Map<string, { value: Promise<unknown> }>();
  const stats: CacheStats = { near: 0, shared: 0, loaded: 0 };

  return {
    async get<Value extends object | number | string>(key: string, { ttlMs, load }: Loading<Value>): Promise<Value> {
      const known = near.get(key);
      if (known) {
        stats.near += 1;
        return known.value as Value;
      }
      const running = loading.get(key);
      if (running) return running.value as Promise<Value>;
      const fetchValue = async () => {
        const text = await shared?.get(key);
        if (text !== undefined) stats.shared += 1;
        else stats.loaded += 1;
        const value = text === undefined ? await load() : (JSON.parse(text) as Value);
        if (loading.get(key) !== mine) return value; // dropped meanwhile
        const kept = text ?? JSON.stringify(value);
        const ttl = typeof ttlMs === 'number' ? ttlMs : ttlMs(value);
        near.set(key, { text: kept, value }, { ttl });
        if (text === undefined) shared?.set(key, kept, ttl);
        return value;
      };
      const mine = { value: fetchValue() };
      loading.set(key, mine);
      try {
        return await mine.value;
      } finally {
        if (loading.get(key) === mine) loading.delete(key);
      }
    },
    put(key, value, ttlMs) {
      const text = JSON.stringify(value);
      loading.delete(key);
      near.set(key, { text, value }, { ttl: ttlMs });
      shared?.set(key, text, ttlMs);
    },
    drop(keys) {
      for (const key of keys) {
        near.delete(key);
        loading.delete(key);
      }
      shared?.drop(keys);
    },
    stats: () => ({ ...stats }),
    close: async () => shared?.close(),
  };
}
