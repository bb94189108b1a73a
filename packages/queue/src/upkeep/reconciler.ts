import type { Database } from '@windlass/db/open-database';
import type { Sql } from '@windlass/db/sql';
import type { Dispatcher } from '../dispatch/dispatcher.ts';
import type { JobDefinition } from '../jobs/define-job.ts';
import type { JobLives } from '../jobs/job-life.ts';
import type { QueueName } from '../jobs/queues.ts';
import { enqueueDue } from './enqueue-due.ts';
import { moveMissedDependents } from './move-missed-dependents.ts';
import { pruneRecords } from './prune-records.ts';
import { findUnclaimed, reapExpiredLeases } from './reconcile-jobs.ts';

export type ReconcilerOptions = {
  lives: JobLives;
  /** Jobs that come by the clock. */
  periodic?: readonly JobDefinition[];
  /** The queues this process can dispatch in. */
  queues: readonly QueueName[];
  /** ms between looks. */
  everyMs?: number;
  /** A marked job unclaimed for this long is dispatched again. */
  unclaimedSeconds?: number;
  /** The unit of the random waits of jobs whose worker died again and again. */
  spreadSeconds?: number;
  /** Deletes what the house keeps for a while only, every ten minutes, besides our own records. */
  prune?: (sql: Sql) => Promise<void>;
  report: (error: Error) => void;
  onRequeued?: (reason: 'lease-expired' | 'unclaimed' | 'poison', count: number) => void;
};

const PRUNE_MS = 10 * 60_000;

/**
 * Puts right what crashes left behind. Any number may run: each statement locks what it takes and skips what another
 * took, so no leader is needed.
 */
export function startReconciler(
  database: Database,
  dispatcher: Dispatcher,
  options: ReconcilerOptions,
): { close(): Promise<void> } {
  const { sql } = database;
  const {
    lives,
    periodic = [],
    queues,
    everyMs = 2000,
    unclaimedSeconds = 5,
    spreadSeconds = 1,
    prune,
    report,
    onRequeued,
  } = options;
  let lastPrune = Date.now();
  let running: Promise<void> | undefined;

  const look = async () => {
    const reaped = await database.transaction((tx) => reapExpiredLeases(tx, { spreadSeconds, lives }));
    const requeued = reaped.filter((job) => job.state === 'queued');
    const poison = reaped.filter((job) => job.state === 'failed');
    if (requeued.length > 0) onRequeued?.('lease-expired', requeued.length);
    if (poison.length > 0) onRequeued?.('poison', poison.length);
    for (const queue of new Set(requeued.map((job) => job.queue))) dispatcher.kick(queue);

    const unclaimed = await findUnclaimed(sql, { seconds: unclaimedSeconds, queues });
    if (unclaimed.length > 0) onRequeued?.('unclaimed', unclaimed.length);
    const dispatches = Map.groupBy(unclaimed, (job) => job.queue);
    await Promise.all([...dispatches].map(([queue, jobs]) => dispatcher.dispatch(queue, jobs).catch(report)));

    // The rest of a look does not wait for these.
    await moveMissedDependents(database, lives).catch(report);
    await enqueueDue(sql, periodic).catch(report);
    if (Date.now() - lastPrune > PRUNE_MS) {
      lastPrune = Date.now();
      await pruneRecords(sql, periodic);
      await prune?.(sql);
    }
  };
  const timer = setInterval(() => {
    running ??= look()
      .catch(report)
      .finally(() => (running = undefined));
  }, everyMs);

  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
