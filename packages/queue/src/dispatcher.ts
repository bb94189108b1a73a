import type { Sql } from '@windlass/db/sql';
import { dispatchJobs, nextDue } from './dispatch-jobs.ts';
import type { Engine, EngineQueue, Ring } from './engine.ts';
import type { QueueName } from './queues.ts';

const POLL_MS = 1000;

export type Dispatcher = {
  /** Something may be waiting in this queue: look. Cheap to call often. */
  kick(queue: QueueName): void;
  /** A job of this queue ended: if more waited than the window held, there is room now. */
  jobEnded(queue: QueueName): void;
  /** Rings for jobs that are already marked. */
  ring(queue: QueueName, rings: readonly Ring[]): Promise<void>;
  close(): Promise<void>;
};

/**
 * Moves due jobs from PostgreSQL into the engine. Leaderless: every worker process runs one. Driven by bells, by the clock
 * (a timer set to the next due job) and by a poll that makes up for whatever bell was lost.
 */
export function startDispatcher(parts: { sql: Sql; engine: Engine; queues: readonly QueueName[]; report: (error: Error) => void }): Dispatcher {
  const { sql, engine, report } = parts;
  const open = new Map<QueueName, EngineQueue>(parts.queues.map((name) => [name, engine.openQueue(name)]));
  const busy = new Map<QueueName, Promise<void>>();
  const again = new Set<QueueName>();
  const backlog = new Set<QueueName>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const drain = async (queue: QueueName) => {
    do {
      again.delete(queue);
      const rings = await dispatchJobs(sql, queue);
      if (rings.length > 0) {
        backlog.add(queue);
        await open.get(queue)!.add(rings);
      } else {
        backlog.delete(queue);
      }
    } while (again.has(queue) && !closed);
  };

  const kick = (queue: QueueName) => {
    if (closed || !open.has(queue)) return;
    if (busy.has(queue)) {
      again.add(queue);
      return;
    }
    busy.set(queue, drain(queue).catch(report).finally(() => busy.delete(queue)));
  };

  const tick = async () => {
    let wait = POLL_MS;
    try {
      for (const { queue, inMs } of await nextDue(sql, parts.queues)) {
        if (inMs === null) continue;
        if (inMs <= 0) kick(queue);
        else wait = Math.min(wait, inMs + 1);
      }
    } catch (error) {
      report(error as Error);
    }
    if (!closed) timer = setTimeout(() => void tick(), wait);
  };
  const first = tick();

  return {
    kick,
    jobEnded: (queue) => {
      if (backlog.has(queue)) kick(queue);
    },
    ring: async (queue, rings) => open.get(queue)?.add(rings),
    async close() {
      closed = true;
      clearTimeout(timer);
      await first;
      clearTimeout(timer);
      await Promise.all(busy.values());
      await Promise.all([...open.values()].map((queue) => queue.close()));
    },
  };
}
