import { newId } from '@windlass/db/ids';
import type { Database } from '@windlass/db/open-database';
import type { WakeListener } from '@windlass/db/wake';
import { Batcher } from './batcher.ts';
import { type ClaimedJob, claimJobs } from './claim-jobs.ts';
import { startDispatcher } from './dispatcher.ts';
import type { Engine, Ring } from './engine.ts';
import type { AbortReason } from './errors.ts';
import { type Ending, finishJobs } from './finish-jobs.ts';
import type { RegisteredJob } from './job-context.ts';
import { createProgressRecorder } from './progress-recorder.ts';
import { CANCEL_WAKE, type QueueName, queueWake, queues } from './queues.ts';
import { startReconciler } from './reconciler.ts';
import { recordStepEnds, recordStepStarts } from './record-steps.ts';
import { renewLeases } from './renew-leases.ts';
import { type Recorders, runJob } from './run-job.ts';

export type WorkerParts<Services> = {
  database: Database;
  engine: Engine;
  wakes: WakeListener;
  services: Services;
  jobs: ReadonlyMap<string, RegisteredJob<Services>>;
  /** Which queues this process serves. */
  serve: readonly QueueName[];
  report: (error: Error) => void;
  onFinished?: (job: ClaimedJob, ending: Ending, ms: number) => void;
  onRequeued?: (reason: string, count: number) => void;
  /** A job whose worker vanished is taken over after this long. Renewed three times as often. */
  leaseSeconds?: number;
};

export type RunningWorker = {
  /** How many jobs run now. */
  active(): number;
  /** Stops taking work and gives running jobs `graceMs`; what is not done then goes back to the queue, uncounted. */
  close(graceMs?: number): Promise<void>;
};

/** Claims and runs jobs until closed: engine workers, dispatcher, lease keeper and reconciler of one process. */
export async function startWorker<Services>(parts: WorkerParts<Services>): Promise<RunningWorker> {
  const { sql } = parts.database;
  const lease = { token: newId('lease'), seconds: parts.leaseSeconds ?? 5 };
  const running = new Map<string, { job: ClaimedJob; abort: AbortController }>();

  const claims = new Batcher<Ring, ClaimedJob | undefined>((rings) => claimJobs(sql, rings, lease));
  const endings = new Batcher<Ending, boolean>((items) => finishJobs(sql, items, lease.token));
  const progress = createProgressRecorder(sql, lease.token, parts.report);
  const recorders: Recorders = {
    stepStarts: new Batcher((items) => recordStepStarts(sql, items, lease.token)),
    stepEnds: new Batcher((items) => recordStepEnds(sql, items, lease.token)),
    progress: (job, value, note) => progress.record({ jobId: job.id, attempt: job.attempt, value, note }),
  };

  const dispatcher = startDispatcher({ sql, engine: parts.engine, queues: parts.serve, report: parts.report });
  const reconciler = startReconciler(sql, dispatcher, { report: parts.report, onRequeued: parts.onRequeued });

  const work = async (queue: QueueName, ring: Ring) => {
    const job = await claims.add(ring);
    if (!job) return;
    const registered = parts.jobs.get(job.name);
    if (!registered) throw new Error(`no handler for job ${job.name}: is its capability registered in apps/worker/src/capabilities.ts?`);
    const abort = new AbortController();
    running.set(job.id, { job, abort });
    const started = performance.now();
    try {
      const ending = await runJob(job, { registered, services: parts.services, leaseToken: lease.token, recorders, abort });
      if (ending && (await endings.add(ending))) parts.onFinished?.(job, ending, performance.now() - started);
    } finally {
      running.delete(job.id);
      dispatcher.jobEnded(queue);
    }
  };

  const keeper = keepLeases({ ...parts, lease, running });
  const unhear = [
    ...parts.serve.map((queue) => parts.wakes.on(queueWake(queue), () => dispatcher.kick(queue))),
    parts.wakes.on(CANCEL_WAKE, keeper.renew),
  ];
  const workers = parts.serve.map((queue) =>
    parts.engine.openWorker(queue, { concurrency: queues[queue].concurrency, run: (ring) => work(queue, ring) }),
  );
  await Promise.all(workers.map((worker) => worker.ready()));

  return {
    active: () => running.size,
    async close(graceMs = 15_000) {
      unhear.forEach((stop) => stop());
      const hurry = setTimeout(() => running.forEach(({ abort }) => abort.abort('shutdown' satisfies AbortReason)), graceMs);
      await dispatcher.close();
      await Promise.all(workers.map((worker) => worker.close()));
      clearTimeout(hurry);
      progress.close();
      await reconciler.close();
      await keeper.close();
    },
  };
}

type KeeperParts = {
  database: Database;
  lease: { token: string; seconds: number };
  running: ReadonlyMap<string, { job: ClaimedJob; abort: AbortController }>;
  report: (error: Error) => void;
};

/** Renews all leases in one statement and aborts what was cancelled, or what somebody else owns by now. */
function keepLeases({ database, lease, running, report }: KeeperParts) {
  let renewing: Promise<void> | undefined;
  const renew = async () => {
    const before = [...running.values()];
    if (before.length === 0) return;
    const mine = new Map((await renewLeases(database.sql, lease)).map((row) => [row.id, row]));
    for (const { job, abort } of before) {
      if (!running.has(job.id) || abort.signal.aborted) continue;
      const row = mine.get(job.id);
      // A job that is just being finished is missing too; aborting it then changes nothing, its ending is fenced already.
      if (!row || row.attempt !== job.attempt) abort.abort('lease-lost' satisfies AbortReason);
      else if (row.cancelled) abort.abort('cancelled' satisfies AbortReason);
    }
  };
  const run = () => void (renewing ??= renew().catch(report).finally(() => (renewing = undefined)));
  const timer = setInterval(run, (lease.seconds * 1000) / 3);
  return {
    renew: run,
    async close() {
      clearInterval(timer);
      await renewing;
    },
  };
}
