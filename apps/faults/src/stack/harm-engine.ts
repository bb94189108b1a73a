import { setTimeout as sleep } from 'node:timers/promises';
import { openClient } from '@windlass/db/embedded/open-client';
import type { Stack } from './start-stack.ts';

export type EngineHarm = {
  /** Everything the engine knows is gone. */
  forget(): Promise<void>;
  /** It does not answer for a while, and comes back. */
  away(ms: number): Promise<void>;
  /** It answers, and takes nothing. */
  full(ms: number): Promise<void>;
};

/** What can befall the queue engine without befalling the truth. */
export function harmEngine(stack: Stack): EngineHarm {
  return stack.redis
    ? harmRedis(stack.redis)
    : harmTables(stack.postgres.superuserUrl, new URL(stack.postgres.url).pathname);
}

function harmRedis(redis: NonNullable<Stack['redis']>): EngineHarm {
  return {
    forget: redis.flush,
    async away(ms) {
      await redis.kill();
      await sleep(ms);
      await redis.restart();
    },
    async full(ms) {
      await redis.command('config', 'set', 'maxmemory', '1');
      await sleep(ms);
      await redis.command('config', 'set', 'maxmemory', '0');
    },
  };
}

/** BullMQ's own tables in the same database: emptied, or locked so that every statement on them waits. */
function harmTables(superuserUrl: string, database: string): EngineHarm {
  const url = new URL(superuserUrl);
  url.pathname = database;
  const inTransaction = async (statement: string, ms: number) => {
    const client = await openClient(url.toString(), 'windlass faults');
    try {
      await begin(client, statement);
      await sleep(ms);
      await client.query('commit');
    } finally {
      await client.end();
    }
  };
  const lock = (ms: number) =>
    inTransaction('lock table bullmq.job, bullmq.event, bullmq.meta in access exclusive mode', ms);
  return {
    forget: () => inTransaction('truncate bullmq.job, bullmq.event, bullmq.meta, bullmq.dedup cascade', 0),
    away: lock,
    full: lock,
  };
}

/**
 * Whoever takes all tables at once may meet the engine in a deadlock, and be the one that PostgreSQL gives up: then it
 * tries again.
 */
async function begin(client: Awaited<ReturnType<typeof openClient>>, statement: string): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      await client.query(`begin; ${statement}`);
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== '40P01' || tried === 5) throw error;
      await client.query('rollback');
    }
  }
}
