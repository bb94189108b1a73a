/**
 * The address of the test Redis; undefined where the machine has none. Set by the global setup of the repository's
 * vitest.config.ts.
 */
export const readTestRedisUrl = (): string | undefined => process.env.TEST_REDIS_URL;
