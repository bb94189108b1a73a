/**
 * The kinds of work that must not block one another. `concurrency`: jobs at once in one worker process. `window`: jobs
 * the engine may hold at once over all workers; what waits beyond it waits in PostgreSQL, where groups take turns.
 * `perGroup`: how much of the window one group may fill. `keepDays`: how long finished jobs stay on the record.
 *
 * Jobs that run at once share their statements (statements/batcher.ts): a hundred short jobs at once cost half the CPU
 * a job that twenty do. A queue whose jobs hold something dear (a browser) is bounded by that instead; mails wait for
 * one of their few connections when all else is done.
 */
export const queues = {
  mail: { concurrency: 40, window: 200, perGroup: 120, keepDays: 90 },
  messages: { concurrency: 10, window: 100, perGroup: 60, keepDays: 90 },
  images: { concurrency: 2, window: 10, perGroup: 6, keepDays: 30 },
  browser: { concurrency: 2, window: 8, perGroup: 4, keepDays: 30 },
  renders: { concurrency: 20, window: 60, perGroup: 8, keepDays: 90 },
  default: { concurrency: 100, window: 1000, perGroup: 500, keepDays: 30 },
} as const satisfies Record<string, { concurrency: number; window: number; perGroup: number; keepDays: number }>;

export type QueueName = keyof typeof queues;
export const queueNames = Object.keys(queues) as QueueName[];

/** Wakes dispatchers: there is new work in a queue. */
export const queueWake = (queue: QueueName): string => `jobs:${queue}`;
/** Wakes workers: a running job is to stop. */
export const CANCEL_WAKE = 'jobs:cancel';
/** Wakes workers: a dependency was found away, or back. */
export const BREAKER_WAKE = 'breakers';
