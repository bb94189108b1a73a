import { z } from 'zod';

/** Exit status that tells the launcher not to start this program again: it cannot run as configured. */
export const EXIT_MISCONFIGURED = 78;

/**
 * Reads the environment by a schema. Lists every fault at once and ends the process: half a configuration runs nothing.
 */
export function parseEnv<Schema extends z.ZodType>(schema: Schema, env: NodeJS.ProcessEnv): z.output<Schema> {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  console.error(`This cannot start as configured:\n${faults.join('\n')}`);
  process.exit(EXIT_MISCONFIGURED);
}

/** A TCP port. */
export const port = z.coerce.number().int().min(1).max(65_535);

/** A URL of one of the given schemes, e.g. `urlOf('postgres', 'postgresql')`. */
export const urlOf = (...schemes: string[]) =>
  z.url().refine((url) => schemes.includes(new URL(url).protocol.slice(0, -1)), {
    message: `must begin with ${schemes.map((s) => `${s}://`).join(' or ')}`,
  });
