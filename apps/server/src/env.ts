import { sealKeyList } from '@windlass/capabilities/kit/seal-keys';
import { parseEnv, port, urlOf } from '@windlass/config/parse-env';
import { z } from 'zod';
import { plugList } from './plugs.ts';

const secret = z.string().min(32, 'at least 32 characters, kept secret');

/** The server's own; capabilities add theirs in their plugs. README.md lists all of them. */
const own = z.object({
  PORT: port.default(4000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: z.url().transform((url) => url.replace(/\/$/, '')),
  DATABASE_URL: urlOf('postgres', 'postgresql'),
  DATABASE_REPLICA_URL: urlOf('postgres', 'postgresql').optional(),
  DATABASE_POOL: z.coerce.number().int().min(2).max(100).default(12),
  CACHE_URL: urlOf('redis', 'rediss').optional(),
  STORAGE_URL: urlOf('file', 's3'),
  CDN_URL: z
    .url()
    .transform((url) => url.replace(/\/$/, ''))
    .optional(),
  /** A CDN whose origin is this server, for pictures. */
  PICTURES_URL: z
    .url()
    .transform((url) => url.replace(/\/$/, ''))
    .or(z.literal(''))
    .default(''),
  CDN_KEY_PAIR_ID: z.string().min(1).optional(),
  CDN_PRIVATE_KEY: z
    .string()
    .includes('PRIVATE KEY', 'the PEM of the key pair’s private half')
    .transform((pem) => pem.replaceAll('\\n', '\n'))
    .optional(),
  CDN_SECONDS: z.coerce
    .number()
    .int()
    .min(60)
    .max(7 * 86_400)
    .default(3600),
  AUTH_SECRET: secret,
  LINK_SECRET: secret,
  SEAL_KEYS: sealKeyList.optional(),
  UNDO_SECONDS: z.coerce.number().min(0).max(600).default(10),
  /** Where the sandbox answers: set, trouble can be switched on in the admin. For demos only. */
  DEMO_SANDBOX_URL: z
    .url()
    .transform((url) => url.replace(/\/$/, ''))
    .optional(),
  /** Live streams at once, in this process: a browser needs one for all its tabs. */
  STREAMS_PER_SESSION: z.coerce.number().int().min(1).default(3),
  STREAMS_PER_PERSON: z.coerce.number().int().min(1).default(20),
  TRUST_PROXY: z.stringbool().default(false),
  HSTS_SUBDOMAINS: z.stringbool().default(false),
  SECURITY_CONTACT: z
    .string()
    .regex(/^(mailto|https):\S{3,200}$/, 'mailto:… or https://…, where somebody reads reports of faults')
    .optional(),
  METRICS_TOKEN: z.string().min(16).optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});

/** Everything the server is told from outside. */
export type ServerEnv = z.output<typeof own> & Readonly<Record<string, unknown>>;

const CDN = ['CDN_URL', 'CDN_KEY_PAIR_ID', 'CDN_PRIVATE_KEY'];

/** Reads it; ends the process with all faults, its own and its capabilities', where there are any. */
export const readServerEnv = (text: Readonly<Record<string, string | undefined>> = process.env): ServerEnv => {
  const ofCapabilities = Object.assign({}, ...plugList.map(({ env }) => env ?? {})) as z.ZodRawShape;
  const schema = own
    .extend(ofCapabilities)
    .refine((env) => CDN.every((name) => (env[name] === undefined) === (env.CDN_URL === undefined)), {
      path: ['CDN_URL'],
      error: 'CDN_URL, CDN_KEY_PAIR_ID and CDN_PRIVATE_KEY come together: bundles are never served unsigned',
    });
  return parseEnv(schema, text) as ServerEnv;
};
