import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65_535);

const schema = z
  .object({
    SANDBOX_PORT: port.default(4100),
    SANDBOX_SMTP_PORT: port.optional(),
  })
  .transform((values) => ({
    /** The sandbox plays the outside world for one machine and is never meant to be reached from another. */
    host: '127.0.0.1',
    httpPort: values.SANDBOX_PORT,
    smtpPort: values.SANDBOX_SMTP_PORT ?? values.SANDBOX_PORT + 25,
  }));

export type SandboxEnv = z.infer<typeof schema>;

/** Reads the sandbox's settings. Throws one error that lists every fault at once. */
export function readEnv(): SandboxEnv {
  const parsed = schema.safeParse(process.env);
  if (!parsed.success) throw new Error(`The sandbox cannot start:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
