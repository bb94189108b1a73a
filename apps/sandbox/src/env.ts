import { z } from 'zod';
import { plugList } from './plugs.ts';

const schema = z.object({
  SANDBOX_PORT: z.coerce.number().int().min(1).max(65_535).default(4100),
  ...(Object.assign({}, ...plugList.map(({ env }) => env)) as z.ZodRawShape),
});

export type SandboxEnv = Readonly<Record<string, unknown>> & { SANDBOX_PORT: number };

/** Reads the sandbox's settings and its worlds'. Throws one error that lists every fault at once. */
export function readEnv(): SandboxEnv {
  const parsed = schema.safeParse(process.env);
  if (!parsed.success) throw new Error(`The sandbox cannot start:\n${z.prettifyError(parsed.error)}`);
  return parsed.data as SandboxEnv;
}
