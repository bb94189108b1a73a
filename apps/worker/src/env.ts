import { parseEnv, port, urlOf } from '@windlass/config/parse-env';
import { type QueueName, queueNames } from '@windlass/queue/jobs/queues';
import { z } from 'zod';
import { plugList } from './plugs.ts';

const queueList = z
  .string()
  .default(queueNames.join(','))
  .transform((text) => text.split(',').map((name) => name.trim()))
  .pipe(z.array(z.enum(queueNames as [QueueName, ...QueueName[]])).min(1));

/** The worker's own; capabilities add theirs in their plugs. README.md lists all of them. */
const own = z.object({
  PUBLIC_URL: z.url().transform((url) => url.replace(/\/$/, '')),
  DATABASE_URL: urlOf('postgres', 'postgresql'),
  DATABASE_POOL: z.coerce.number().int().min(2).max(100).default(8),
  QUEUE_URL: urlOf('postgres', 'postgresql', 'redis', 'rediss'),
  STORAGE_URL: urlOf('file', 's3'),
  LINK_SECRET: z.string().min(32, 'at least 32 characters, kept secret'),
  WORKER_QUEUES: queueList,
  WORKER_METRICS_PORT: port.default(4001),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});

/** Everything the worker is told from outside. */
export type WorkerEnv = z.output<typeof own> & Readonly<Record<string, unknown>>;
export type WorkerEnvText = Readonly<Record<string, string | undefined>>;

/** Reads it; ends the process with all faults, its own and its capabilities', where there are any. */
export const readWorkerEnv = (text: WorkerEnvText = process.env): WorkerEnv =>
  parseEnv(own.extend(Object.assign({}, ...plugList.map(({ env }) => env ?? {})) as z.ZodRawShape), text) as WorkerEnv;
