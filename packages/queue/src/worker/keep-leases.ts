import type { Sql } from '@windlass/db/sql';
import type { AbortReason } from '../jobs/errors.ts';
import type { ClaimedJob } from './claim-jobs.ts';
import { renewLeases } from './renew-leases.ts';

/** A job this process runs. `leaseEnds` by this process's own clock, counted from before the lease was asked for. */
export type RunningJob = { job: ClaimedJob; abort: AbortController; leaseEnds: number };

export type LeaseKeeper = {
  /** Looks now: a job may have been cancelled. */
  renew(): void;
  close(): Promise<void>;
};

export type KeeperOptions = {
  lease: { token: string; seconds: number };
  running: ReadonlySet<RunningJob>;
  report: (error: Error) => void;
};

const stop = ({ abort }: RunningJob, reason: AbortReason) => abort.abort(reason);

/**
 * Renews all leases in one statement, three times as often as they end, and aborts what was cancelled and what somebody
 * else owns by now. Where the database does not answer for a whole lease, what runs is aborted too: others may take it
 * over.
 */
export function keepLeases(sql: Sql, { lease, running, report }: KeeperOptions): LeaseKeeper {
  let renewing: Promise<void> | undefined;
  const renew = async () => {
    const before = [...running];
    if (before.length === 0) return;
    const leaseEnds = performance.now() + lease.seconds * 1000;
    const mine = await renewLeases(
      sql,
      before.map(({ job }) => ({ id: job.id, attempt: job.attempt })),
      lease,
    );
    const rows = new Map(mine.map((row) => [`${row.id} ${row.attempt}`, row]));
    for (const entry of before) {
      if (!running.has(entry)) continue; // it ended meanwhile
      const row = rows.get(`${entry.job.id} ${entry.job.attempt}`);
      // Missing while its ending is being written is missing too; aborting it then changes nothing: the ending is
      // fenced.
      if (!row) stop(entry, 'lease-lost');
      else if (row.cancelled) stop(entry, 'cancelled');
      if (row) entry.leaseEnds = leaseEnds;
    }
  };
  const run = () =>
    void (renewing ??= renew()
      .catch(report)
      .finally(() => (renewing = undefined)));
  const timer = setInterval(
    () => {
      for (const entry of running) if (performance.now() > entry.leaseEnds) stop(entry, 'lease-lost');
      run();
    },
    (lease.seconds * 1000) / 3,
  );
  return {
    renew: run,
    async close() {
      clearInterval(timer);
      await renewing;
    },
  };
}
