import type { Database } from '@windlass/db/open-database';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';

export type Limit = {
  /** Counts one. Answers the seconds to wait where the limit is reached, else undefined. Atomic over all replicas. */
  hit(key: string): Promise<number | undefined>;
  /** Forgets the count, e.g. after a success. */
  clear(key: string): Promise<void>;
  /** The seconds to wait, without counting. */
  blocked(key: string): Promise<number | undefined>;
};

/** `points` hits within `seconds` are allowed for a key. The counters live in the table rate_limit. */
export function createLimit(database: Database, options: { name: string; points: number; seconds: number }): Limit {
  const limiter = new RateLimiterPostgres({
    storeClient: database.pool,
    storeType: 'pool',
    tableName: 'rate_limit',
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: options.name,
    points: options.points,
    duration: options.seconds,
  });
  const wait = (ms: number) => Math.max(1, Math.ceil(ms / 1000));
  return {
    async hit(key) {
      try {
        await limiter.consume(key);
        return undefined;
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return wait(refusal.msBeforeNext);
        throw refusal;
      }
    },
    async clear(key) {
      await limiter.delete(key);
    },
    async blocked(key) {
      const state = await limiter.get(key);
      return state && state.consumedPoints >= options.points ? wait(state.msBeforeNext) : undefined;
    },
  };
}
