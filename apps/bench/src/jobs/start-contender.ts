import { queues } from '@windlass/queue/jobs/queues';
import { startProcess } from '../world/start-process.ts';
import type { World } from '../world/world.ts';
import type { ContenderName, Done, Task } from './contender-process.ts';

export type RunningContender = {
  do(task: Task): Promise<Done>;
  /** When the next single job begins to run, in ms of the shared clock. */
  nextStart(): Promise<number>;
  stop(): Promise<void>;
};

/** Each contender runs as many jobs at once as our default queue. */
export async function startContender(
  world: World,
  name: ContenderName,
  urls: { databaseUrl: string; engineUrl: string },
): Promise<RunningContender> {
  const { child, ask, stop } = await startProcess(world, {
    program: 'apps/bench/src/jobs/contender-process.ts',
    args: [JSON.stringify({ name, ...urls, concurrency: queues.default.concurrency })],
  });
  return {
    stop,
    do: (task) => ask<Done>(task, 'done'),
    nextStart: () =>
      new Promise((resolve) => {
        const hear = (message: unknown) => {
          const { kind, at } = message as { kind: string; at: number };
          if (kind !== 'started') return;
          child.off('message', hear);
          resolve(at);
        };
        child.on('message', hear);
      }),
  };
}
