import { parseEnv, port, urlOf } from '@windlass/config/parse-env';
import { z } from 'zod';

const secret = z.string().min(32, 'at least 32 characters, kept secret');

/** Everything the server is told from outside. README.md lists the same. */
export const env = parseEnv(
  z.object({
    PORT: port.default(4000),
    HOST: z.string().default('127.0.0.1'),
    PUBLIC_URL: z.url().transform((url) => url.replace(/\/$/, '')),
    DATABASE_URL: urlOf('postgres', 'postgresql'),
    DATABASE_REPLICA_URL: urlOf('postgres', 'postgresql').optional(),
    DATABASE_POOL: z.coerce.number().int().min(2).max(100).default(12),
    STORAGE_URL: urlOf('file', 's3'),
    AUTH_SECRET: secret,
    LINK_SECRET: secret,
    UNDO_SECONDS: z.coerce.number().min(0).max(600).default(10),
    /** Where the sandbox answers: set, trouble can be switched on in the admin. For demos only. */
    DEMO_SANDBOX_URL: z.url().transform((url) => url.replace(/\/$/, '')).optional(),
    TRUST_PROXY: z.stringbool().default(false),
    METRICS_TOKEN: z.string().min(16).optional(),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  }),
  process.env,
);
