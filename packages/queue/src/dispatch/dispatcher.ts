import type { Sql } from '@windlass/db/sql';
import type { QueueName } from '../jobs/queues.ts';
import { dispatchJobs, lookAhead } from './dispatch-jobs.ts';
import type { Engine, EngineQueue, Dispatch } from './engine.ts';

const POLL_MS = 1000;
/** Rooms that ended jobs leave in the window are filled together. In ms. */
const REFILL_MS = 5;

export type Dispatcher = {
  ready(): Promise<void>;
  /** Something may be waiting in this queue: look. Cheap to call often. */
  kick(queue: QueueName): void;
  /**
   * A job of this queue ended: if more waited than the window held, there is room now. Or it waits for its next try, in
   * ms.
   */
  jobEnded(queue: QueueName, retryInMs?: number): void;
  /** Gives the engine jobs that are already marked. */
  dispatch(queue: QueueName, dispatches: readonly Dispatch[]): Promise<void>;
  close(): Promise<void>;
};

/**
 * What a queue's work needs is away: `heldMs` until somebody may look whether it is back, then `probing` until it is.
 */
export type QueueHold = { heldMs(): number; probing(): boolean };

export type DispatcherParts = {
  sql: Sql;
  engine: Engine;
  queues: readonly QueueName[];
  holds?: Partial<Record<QueueName, QueueHold>> | undefined;
  /** How often it looks though nothing woke it, in ms. */
  pollMs?: number | undefined;
  report: (error: Error) => void;
};

/**
 * Moves due jobs from PostgreSQL into the engine. Leaderless: every worker process runs one. Driven by wakes, by the
 * clock (a timer set to the next due job) and by a poll that makes up for whatever wake was lost.
 */
export function startDispatcher(parts: DispatcherParts): Dispatcher {
  const { sql, engine, report, pollMs = POLL_MS } = parts;
  const open = new Map<QueueName, EngineQueue>(parts.queues.map((name) => [name, engine.openQueue(name)]));
  const busy = new Map<QueueName, Promise<void>>();
  const again = new Set<QueueName>();
  /** Queues where jobs were due at the last look: some may wait for room in the window. */
  const backlog = new Set<QueueName>();
  let timer: { at: number; handle: NodeJS.Timeout } | undefined;
  let looking: Promise<void> | undefined;
  const refills = new Map<QueueName, NodeJS.Timeout>();
  let closed = false;

  const drain = async (queue: QueueName) => {
    do {
      again.delete(queue);
      const hold = parts.holds?.[queue];
      const heldMs = hold?.heldMs() ?? 0;
      // Rung, each of a thousand jobs would be begun only to be told to wait.
      if (heldMs > 0) return lookWithin(heldMs);
      const { dispatches, waiting, nextInMs } = await dispatchJobs(sql, queue, hold?.probing() ? 1 : undefined);
      if (waiting) backlog.add(queue);
      else backlog.delete(queue);
      if (nextInMs !== null) lookWithin(nextInMs);
      if (dispatches.length > 0) await open.get(queue)!.add(dispatches);
    } while (again.has(queue) && !closed);
  };

  const kick = (queue: QueueName) => {
    if (closed || !open.has(queue)) return;
    if (busy.has(queue)) {
      again.add(queue);
      return;
    }
    busy.set(
      queue,
      drain(queue)
        .catch(report)
        .finally(() => busy.delete(queue)),
    );
  };

  const refill = (queue: QueueName) => {
    refills.delete(queue);
    kick(queue);
  };

  const look = async () => {
    lookWithin(pollMs);
    try {
      for (const { queue, waiting, nextInMs } of await lookAhead(sql, parts.queues)) {
        if (waiting) kick(queue);
        if (nextInMs !== null) lookWithin(nextInMs);
      }
    } catch (error) {
      report(error as Error);
    }
  };
  /** Sets the timer, or brings it forward. A millisecond more, so that the job is due by the database's clock. */
  const lookWithin = (ms: number) => {
    const at = performance.now() + ms + 1;
    if (closed || (timer && timer.at <= at)) return;
    clearTimeout(timer?.handle);
    const handle = setTimeout(() => {
      timer = undefined;
      looking = look();
    }, ms + 1);
    timer = { at, handle };
  };
  looking = look();

  return {
    ready: async () => void (await Promise.all([...open.values()].map((queue) => queue.ready()))),
    kick,
    jobEnded(queue, retryInMs) {
      if (backlog.has(queue) && !refills.has(queue))
        refills.set(
          queue,
          setTimeout(() => refill(queue), REFILL_MS),
        );
      if (retryInMs !== undefined) lookWithin(retryInMs);
    },
    dispatch: async (queue, dispatches) => open.get(queue)?.add(dispatches),
    async close() {
      closed = true;
      clearTimeout(timer?.handle);
      refills.forEach((handle) => clearTimeout(handle));
      await looking;
      await Promise.all(busy.values());
      await Promise.all([...open.values()].map((queue) => queue.close()));
    },
  };
}
