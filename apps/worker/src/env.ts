import { lostCommitPolicies } from '@windlass/capabilities/deliveries/contract';
import { parseEnv, port, urlOf } from '@windlass/config/parse-env';
import { type QueueName, queueNames } from '@windlass/queue/queues';
import { z } from 'zod';

const queueList = z
  .string()
  .default(queueNames.join(','))
  .transform((text) => text.split(',').map((name) => name.trim()))
  .pipe(z.array(z.enum(queueNames as [QueueName, ...QueueName[]])).min(1));

/** Everything the worker is told from outside. README.md lists the same. */
export const env = parseEnv(
  z.object({
    PUBLIC_URL: z.url().transform((url) => url.replace(/\/$/, '')),
    DATABASE_URL: urlOf('postgres', 'postgresql'),
    DATABASE_POOL: z.coerce.number().int().min(2).max(100).default(8),
    QUEUE_URL: urlOf('postgres', 'postgresql', 'redis', 'rediss'),
    STORAGE_URL: urlOf('file', 's3'),
    SMTP_URL: urlOf('smtp', 'smtps'),
    MAIL_ON_LOST_COMMIT: z.enum(lostCommitPolicies).default('resend'),
    LINK_SECRET: z.string().min(32, 'at least 32 characters, kept secret'),
    WORKER_QUEUES: queueList,
    WORKER_METRICS_PORT: port.default(4001),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  }),
  process.env,
);
