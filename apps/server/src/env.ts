import { parseEnv, port, urlOf } from '@windlass/config/parse-env';
import { z } from 'zod';

const secret = z.string().min(32, 'at least 32 characters, kept secret');

/** Everything the server is told from outside. README.md lists the same. */
export const env = parseEnv(
  z
    .object({
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
      UNDO_SECONDS: z.coerce.number().min(0).max(600).default(10),
      /** Where the sandbox answers: set, trouble can be switched on in the admin. For demos only. */
      DEMO_SANDBOX_URL: z
        .url()
        .transform((url) => url.replace(/\/$/, ''))
        .optional(),
      /** Live streams at once, in this process: a browser needs one for all its tabs. */
      STREAMS_PER_SESSION: z.coerce.number().int().min(1).default(3),
      STREAMS_PER_PERSON: z.coerce.number().int().min(1).default(20),
      /** What uploads of artwork may promise: by one customer's link within 24 hours, and all that a shop keeps. */
      UPLOAD_LINK_GB: z.coerce.number().positive().default(20),
      UPLOAD_LINK_STARTS: z.coerce.number().int().min(1).default(200),
      UPLOAD_SHOP_GB: z.coerce.number().positive().default(200),
      TRUST_PROXY: z.stringbool().default(false),
      HSTS_SUBDOMAINS: z.stringbool().default(false),
      SECURITY_CONTACT: z
        .string()
        .regex(/^(mailto|https):\S{3,200}$/, 'mailto:… or https://…, where somebody reads reports of faults')
        .optional(),
      METRICS_TOKEN: z.string().min(16).optional(),
      LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
    })
    .refine(
      ({ CDN_URL, CDN_KEY_PAIR_ID, CDN_PRIVATE_KEY }) =>
        [CDN_URL, CDN_KEY_PAIR_ID, CDN_PRIVATE_KEY].every((value) => (value === undefined) === (CDN_URL === undefined)),
      {
        path: ['CDN_URL'],
        error: 'CDN_URL, CDN_KEY_PAIR_ID and CDN_PRIVATE_KEY come together: bundles are never served unsigned',
      },
    ),
  process.env,
);
