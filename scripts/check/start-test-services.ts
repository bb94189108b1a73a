import path from 'node:path';
import { startTestDatabase, type TestDatabaseOptions, type TestService } from './start-test-database.ts';
import { startTestRedis } from './start-test-redis.ts';

const root = path.join(import.meta.dirname, '..', '..');

/** What is running, and what its users are told of it. */
export type Services = { env: { TEST_DATABASE_URL: string; TEST_REDIS_URL?: string }; stop: () => Promise<void> };

/** Starts one PostgreSQL, and one Redis where the machine has it. A Redis that someone names is used as it is. */
export async function startServices(options: TestDatabaseOptions = {}): Promise<Services> {
  const data = path.resolve(root, process.env.WINDLASS_DATA ?? '.data');
  const started: TestService[] = [];
  const database = await startTestDatabase(data, options);
  started.push(database);
  let redisUrl = process.env.TEST_REDIS_URL;
  if (!redisUrl) {
    const redis = await startTestRedis();
    if (redis) started.push(redis);
    redisUrl = redis?.url;
  }
  return {
    env: { TEST_DATABASE_URL: database.url, ...(redisUrl && { TEST_REDIS_URL: redisUrl }) },
    async stop() {
      for (const service of started.splice(0).toReversed()) await service.stop();
    },
  };
}

/** Vitest's global setup: the services of all test files, their addresses in the environment. Answers the teardown. */
export default async function startTestServices(): Promise<() => Promise<void>> {
  const { env, stop } = await startServices();
  Object.assign(process.env, env);
  return stop;
}
