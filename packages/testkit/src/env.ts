import path from 'node:path';

/** The browser the person asks for: a path, or `npm` for the one in the npm tarball. */
export function namedChromium(): string | undefined {
  return process.env.CHROMIUM_PATH || undefined;
}

/**
 * The address of the test Redis; undefined where the machine has none. Set by the global setup of the repository's
 * vitest.config.ts.
 */
export const readTestRedisUrl = (): string | undefined => process.env.TEST_REDIS_URL || undefined;

/** The folders in which this process's user looks for programs. */
export const programFolders = (): string[] => (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);

/** What a program started by this one inherits. */
export const inheritedEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
