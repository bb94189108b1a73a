import { newId } from '@windlass/db/ids';
import type { Database } from '@windlass/db/open-database';
import type { WakeListener } from '@windlass/db/wake';
import { type QueueHold, startDispatcher } from '../dispatch/dispatcher.ts';
import type { Engine, Dispatch } from '../dispatch/engine.ts';
import type { AbortReason } from '../jobs/errors.ts';
import type { RegisteredJob } from '../jobs/job-context.ts';
import type { JobLives } from '../jobs/job-life.ts';
import { CANCEL_WAKE, type QueueName, queueWake, queues } from '../jobs/queues.ts';
import { PARKED } from '../jobs/waiting.ts';
import { Batcher } from '../statements/batcher.ts';
import { retryUntilAvailable } from '../statements/retry-until-available.ts';
import { type ReconcilerOptions, startReconciler } from '../upkeep/reconciler.ts';
import { type ClaimedJob, claimJobs } from './claim-jobs.ts';
import { type Ending, finishJobs } from './finish-jobs.ts';
import { keepLeases, type RunningJob } from './keep-leases.ts';
import { createProgressRecorder } from './progress-recorder.ts';
import { recordProgress } from './record-progress.ts';
import { recordStepEnds, recordStepStarts, type StepEnd } from './record-steps.ts';
import { handlerMissing, type Recorders, runJob } from './run-job.ts';
import { createStepRecorder } from './step-recorder.ts';
import { registerWorker } from './worker-registry.ts';

export type WorkerParts<Services> = {
  database: Database;
  engine: Engine;
  wakes: WakeListener;
  services: Services;
  jobs: ReadonlyMap<string, RegisteredJob<Services>>;
  /** Which queues this process serves. */
  serve: readonly QueueName[];
  /** Whose work waits while something it needs is away. */
  holds?: Partial<Record<QueueName, QueueHold>>;
  prune?: ReconcilerOptions['prune'];
  report: (error: Error) => void;
  onFinished?: (job: ClaimedJob, ending: Ending, ms: number) => void;
  onRequeued?: ReconcilerOptions['onRequeued'];
  /** How often each dispatcher looks though nothing woke it, in ms. */
  pollMs?: number;
  /** A job whose worker vanished is taken over after this long. Renewed three times as often. */
  leaseSeconds?: number;
  reconciler?: Pick<ReconcilerOptions, 'everyMs' | 'unclaimedSeconds' | 'spreadSeconds'>;
};

export type RunningWorker = {
  /** How many jobs run now. */
  active(): number;
  /** Stops taking work and gives running jobs `graceMs`; what is not done then goes back to the queue, uncounted. */
  close(graceMs?: number): Promise<void>;
};

/** Claims and runs jobs until closed: engine workers, dispatcher, lease keeper and reconciler of one process. */
export async function startWorker<Services>(parts: WorkerParts<Services>): Promise<RunningWorker> {
  const { engine, report, serve } = parts;
  const { sql } = parts.database;
  const lease = { token: newId('lease'), seconds: parts.leaseSeconds ?? 5 };
  const lives: JobLives = Object.fromEntries(
    [...parts.jobs].flatMap(([name, { life }]) => (life ? [[name, life]] : [])),
  );
  const running = new Set<RunningJob>();
  /** How many of each queue's jobs, claimed or about to be. */
  const inHand = new Map<QueueName, number>();
  /** Aborted when the grace of a shutdown is over. */
  const giveUp = new AbortController();

  const untilWritten = <Result>(write: () => Promise<Result>) =>
    retryUntilAvailable(write, { report, stopping: giveUp.signal });
  const batcher = <Item, Result>(run: (items: Item[]) => Promise<Result[]>) =>
    new Batcher<Item, Result>((items) => untilWritten(() => run(items)));
  const claims = batcher(async (dispatches: Dispatch[]) => {
    const leaseEnds = performance.now() + lease.seconds * 1000;
    return (await claimJobs(sql, dispatches, lease)).map((job) => job && { job, leaseEnds });
  });
  const steps = createStepRecorder({
    writeStarts: (starts) => untilWritten(() => recordStepStarts(sql, starts, lease.token)),
    writeEnds: (ends) => untilWritten(() => recordStepEnds(sql, ends, lease.token)),
    report,
  });
  const endings = batcher(async (items: Ending[]) => {
    await steps.flush();
    return finishJobs(parts.database, items, { leaseToken: lease.token, lives });
  });
  const progress = createProgressRecorder(async (reports) => {
    await steps.flush(); // a percentage is of a step that has begun
    await recordProgress(sql, reports, lease.token);
  }, report);
  const results = batcher((items: StepEnd[]) => recordStepEnds(sql, items, lease.token));
  const recorders: Recorders = { steps, keep: (step) => results.add(step), progress: progress.record };

  const dispatcher = startDispatcher({
    sql,
    engine,
    queues: serve,
    holds: parts.holds,
    pollMs: parts.pollMs,
    // The engine takes a moment from one job to the next.
    isIdle: (queue) => (inHand.get(queue) ?? 0) < queues[queue].concurrency / 2,
    report,
  });
  const reconciler = startReconciler(parts.database, dispatcher, {
    ...parts.reconciler,
    lives,
    periodic: [...parts.jobs.values()].flatMap(({ definition }) => (definition.every ? [definition] : [])),
    queues: serve,
    prune: parts.prune,
    report,
    onRequeued: parts.onRequeued,
  });
  const keeper = keepLeases(sql, { lease, running, report });

  const run = async ({ job, leaseEnds }: { job: ClaimedJob; leaseEnds: number }): Promise<Ending | undefined> => {
    const registered = parts.jobs.get(job.name);
    const entry = { job, leaseEnds, abort: new AbortController() };
    if (giveUp.signal.aborted) entry.abort.abort('shutdown' satisfies AbortReason);
    running.add(entry);
    const started = performance.now();
    try {
      const ending = registered
        ? await runJob(job, {
            registered,
            services: parts.services,
            leaseToken: lease.token,
            recorders,
            abort: entry.abort,
            leaseHolds: () => performance.now() < entry.leaseEnds,
          })
        : handlerMissing(job);
      if (ending && (await endings.add(ending))) parts.onFinished?.(job, ending, performance.now() - started);
      return ending;
    } finally {
      running.delete(entry);
    }
  };
  /**
   * The engine keeps no record of what went wrong here; the row does, and the reconciler brings back what has no
   * ending.
   */
  const work = async (queue: QueueName, dispatch: Dispatch) => {
    let ending: Ending | undefined;
    inHand.set(queue, (inHand.get(queue) ?? 0) + 1);
    try {
      const claimed = await claims.add(dispatch);
      if (claimed) ending = await run(claimed);
    } catch (error) {
      report(error as Error);
    }
    inHand.set(queue, inHand.get(queue)! - 1);
    // One that parks may have been resumed while it ran, and is due already.
    const parked = ending?.failure?.code === PARKED;
    dispatcher.jobEnded(queue, parked ? 0 : ending?.state === 'retrying' ? (ending.delayMs ?? undefined) : undefined);
  };

  const unsubscribe = [
    ...serve.map((queue) => parts.wakes.on(queueWake(queue), () => dispatcher.kick(queue))),
    parts.wakes.on(CANCEL_WAKE, keeper.renew),
  ];
  const workers = serve.map((queue) =>
    engine.openWorker(queue, { concurrency: queues[queue].concurrency, run: (dispatch) => work(queue, dispatch) }),
  );
  await Promise.all([dispatcher.ready(), ...workers.map((worker) => worker.ready())]);
  const registry = registerWorker(sql, { queues: serve, running: () => running.size, report });

  return {
    active: () => running.size,
    async close(graceMs = 15_000) {
      unsubscribe.forEach((stop) => stop());
      const timer = setTimeout(() => {
        giveUp.abort();
        for (const { abort } of running) abort.abort('shutdown' satisfies AbortReason);
      }, graceMs);
      // Leases are kept to the end; whoever dispatches goes before the wakes.
      await reconciler.close();
      await Promise.all([dispatcher.close(), ...workers.map((worker) => worker.close())]);
      clearTimeout(timer);
      giveUp.abort(); // nothing is waited for any longer: what is written now is written at once, or not
      await progress.close();
      await steps.flush();
      await registry.close();
      await keeper.close();
    },
  };
}
