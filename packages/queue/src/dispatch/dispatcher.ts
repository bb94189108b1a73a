import type { Sql } from '@windlass/db/sql';
import { type QueueName, queues } from '../jobs/queues.ts';
import { dispatchJobs, lookAhead } from './dispatch-jobs.ts';
import type { Engine, EngineQueue, Dispatch } from './engine.ts';

const POLL_MS = 1000;
/**
 * The room that ended jobs leave in the window is filled in portions, since telling the engine of many costs little
 * more than of one: when a part of it is free, when this process has nothing to do, or after a while. In ms.
 */
const LOOK_AT_ROOM_MS = 5;
const REFILL_MS = 250;
const PORTION = 1 / 4;

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
  /** This process could run many more of this queue's jobs than it has in hand. */
  isIdle: (queue: QueueName) => boolean;
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
  /** Of queues where more waits than the window holds: how many have ended since it was last filled. */
  const rooms = new Map<QueueName, { ended: number; since: number; timer?: NodeJS.Timeout }>();
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

  const makeRoom = (queue: QueueName) => {
    const room = rooms.get(queue) ?? { ended: 0, since: performance.now() };
    rooms.set(queue, room);
    room.ended += 1;
    room.timer ??= setTimeout(() => lookAtRoom(queue), LOOK_AT_ROOM_MS);
  };
  const lookAtRoom = (queue: QueueName) => {
    const room = rooms.get(queue)!;
    const late = performance.now() - room.since > REFILL_MS;
    if (late || room.ended >= queues[queue].window * PORTION || parts.isIdle(queue)) {
      rooms.delete(queue);
      kick(queue);
    } else room.timer = setTimeout(() => lookAtRoom(queue), LOOK_AT_ROOM_MS);
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
      if (backlog.has(queue)) makeRoom(queue);
      if (retryInMs !== undefined) lookWithin(retryInMs);
    },
    dispatch: async (queue, dispatches) => open.get(queue)?.add(dispatches),
    async close() {
      closed = true;
      clearTimeout(timer?.handle);
      for (const room of rooms.values()) clearTimeout(room.timer);
      await looking;
      await Promise.all(busy.values());
      await Promise.all([...open.values()].map((queue) => queue.close()));
    },
  };
}
