import type { Database } from '@windlass/db/open-database';
import type { Sql } from '@windlass/db/sql';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';

/** Whose tries are counted. Undefined: nobody can be told apart here, and nothing is counted. */
export type LimitKey = string | undefined;

export type LocalLimit = {
  /** Counts one. Answers the seconds to wait where the limit is reached, else undefined. */
  hit(key: LimitKey): Promise<number | undefined>;
  /** Takes one back that turned out to be right. */
  giveBack(key: LimitKey): Promise<void>;
  /** Forgets the count, e.g. after a success. */
  clear(key: LimitKey): Promise<void>;
};

/**
 * Counts first in this process, then for all of them: whoever is past the limit here is refused without a word to the
 * database.
 */
export type Limit = LocalLimit & {
  /** The first half of `hit` alone. */
  here: LocalLimit;
  /** The second half of it. Atomic over all replicas. */
  everywhere: LocalLimit;
  /** The seconds to wait, without counting. */
  blocked(key: LimitKey): Promise<number | undefined>;
};

export type LimitOptions = { name: string; points: number; seconds: number };

const kept = new WeakMap<Database, Map<string, Limit>>();

/**
 * `points` hits within `seconds` are allowed for a key. The counters live in the table rate_limit; a process has one
 * limit a name, whoever asks for it.
 */
export function createLimit(database: Database, options: LimitOptions): Limit {
  const limits = kept.get(database) ?? new Map<string, Limit>();
  kept.set(database, limits);
  const limit = limits.get(options.name) ?? makeLimit(database, options);
  limits.set(options.name, limit);
  return limit;
}

/** Limits count by whatever somebody typed: an address at the sign-in, say. `pattern`: for ILIKE, over whole keys. */
export const forgetLimits = async (sql: Sql, pattern: string): Promise<void> =>
  void (await sql.rows('forget-limits', 'delete from rate_limit where key ilike $1', [pattern]));

function makeLimit(database: Database, options: LimitOptions): Limit {
  const limiter = new RateLimiterPostgres({
    storeClient: database.pool,
    storeType: 'pool',
    tableName: 'rate_limit',
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: options.name,
    points: options.points,
    duration: options.seconds,
    inMemoryBlockOnConsumed: options.points + 1,
  });
  const here = createLocalLimit(options);
  const everywhere = limitOf(limiter);
  const both = async (work: (limit: LocalLimit) => Promise<void>) =>
    void (await Promise.all([work(here), work(everywhere)]));
  return {
    here,
    everywhere,
    hit: async (key) => (await here.hit(key)) ?? (await everywhere.hit(key)),
    giveBack: (key) => both((limit) => limit.giveBack(key)),
    clear: (key) => both((limit) => limit.clear(key)),
    async blocked(key) {
      const state = key === undefined ? null : await limiter.get(key);
      return state && state.consumedPoints >= options.points ? wait(state.msBeforeNext) : undefined;
    },
  };
}

/** Kept by this process alone: for tries that are too many to write each of them down. */
export const createLocalLimit = ({ name, points, seconds }: LimitOptions): LocalLimit =>
  limitOf(new RateLimiterMemory({ keyPrefix: name, points, duration: seconds }));

const wait = (ms: number) => Math.max(1, Math.ceil(ms / 1000));

const limitOf = (limiter: RateLimiterPostgres | RateLimiterMemory): LocalLimit => ({
  async hit(key) {
    if (key === undefined) return undefined;
    try {
      await limiter.consume(key);
      return undefined;
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return wait(refusal.msBeforeNext);
      throw refusal;
    }
  },
  async giveBack(key) {
    if (key !== undefined) await limiter.reward(key);
  },
  async clear(key) {
    if (key !== undefined) await limiter.delete(key);
  },
});
