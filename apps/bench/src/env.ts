import path from 'node:path';

const root = path.join(import.meta.dirname, '..', '..', '..');

/** The checkout. */
export const ROOT = root;

/**
 * The address of the run's Redis; undefined where the machine has none: then what runs on Redis is left out, and said
 * so.
 */
export const readRedisUrl = (): string | undefined => process.env.TEST_REDIS_URL || undefined;

/** What the measured processes inherit, and nothing of what this run was told. */
export function inheritedEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE: path.join(root, 'node_modules', '.cache', 'node-compile') };
}
