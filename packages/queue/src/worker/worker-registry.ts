import os from 'node:os';
import type { Sql } from '@windlass/db/sql';
import { newId } from '@windlass/db/ids';
import { forgetWorker } from '../upkeep/forget-worker.ts';
import type { QueueName } from '../jobs/queues.ts';

const EVERY_MS = 5_000;

/** A worker that was killed takes nobody's row along: rows that are long unseen go with the next word of any worker. */
const SEEN = `with gone as (delete from worker_process where seen_at < now() - interval '1 hour')
  insert into worker_process (id, host, pid, queues, running) values ($1, $2, $3, $4, $5)
  on conflict (id) do update set seen_at = now(), running = excluded.running`;

export type WorkerRegistry = { close(): Promise<void> };

/**
 * Says every five seconds that this process is there and how many jobs it runs, for people who wonder who does the
 * work.
 */
export function registerWorker(
  sql: Sql,
  worker: { queues: readonly QueueName[]; running: () => number; report: (error: Error) => void },
): WorkerRegistry {
  const id = newId('wrk');
  const say = async () => {
    await sql
      .rows('worker-seen', SEEN, [id, os.hostname(), process.pid, worker.queues, worker.running()])
      .catch(worker.report);
  };
  let saying = say();
  const timer = setInterval(() => (saying = say()), EVERY_MS);
  return {
    async close() {
      clearInterval(timer);
      await saying;
      await forgetWorker(sql, id).catch(worker.report);
    },
  };
}
