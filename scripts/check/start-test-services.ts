import path from 'node:path';
import { type TestService, startTestDatabase } from './start-test-database.ts';
import { startTestRedis } from './start-test-redis.ts';

const root = path.join(import.meta.dirname, '..', '..');

/**
 * Vitest's global setup: one PostgreSQL, and one Redis where the machine has it, for all test files. Their addresses go to the
 * tests as TEST_DATABASE_URL and TEST_REDIS_URL; a Redis that someone names is used as it is. Answers the teardown.
 */
export default async function startTestServices(): Promise<() => Promise<void>> {
  const data = path.resolve(root, process.env.WINDLASS_DATA ?? '.data');
  const started: TestService[] = [];
  const stopAll = async () => {
    for (const service of started.splice(0).toReversed()) await service.stop();
  };

  const database = await startTestDatabase(data);
  started.push(database);
  process.env.TEST_DATABASE_URL = database.url;

  if (!process.env.TEST_REDIS_URL) {
    const redis = await startTestRedis();
    if (redis) {
      started.push(redis);
      process.env.TEST_REDIS_URL = redis.url;
    }
  }
  return stopAll;
}
