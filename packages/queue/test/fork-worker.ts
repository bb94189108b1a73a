import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { until } from '@windlass/testkit/until';
import type { QueueName } from '../src/jobs/queues.ts';
import type { WorkerOptions } from './open-world.ts';

export type WorkerProcessOptions = Pick<WorkerOptions, 'leaseSeconds' | 'reconciler'> & {
  databaseUrl: string;
  engineUrl: string;
  serve: QueueName[];
};

export type WorkerProcess = {
  pid: number;
  alive(): boolean;
  /** Errors nobody handled: none is ever fine. */
  unhandled: string[];
  errors: string[];
  /** SIGKILL: it gets no chance to say anything. */
  kill(): Promise<void>;
  /** SIGTERM, and a process that ends by itself because nothing is left open. Throws where it does not within 8 s. */
  stop(): Promise<void>;
};

/** Starts worker-process.ts and waits until it serves. */
export async function forkWorker(options: WorkerProcessOptions): Promise<WorkerProcess> {
  const child: ChildProcess = fork(path.join(import.meta.dirname, 'worker-process.ts'), [JSON.stringify(options)], {
    execArgv: [],
  });
  const unhandled: string[] = [];
  const errors: string[] = [];
  let ready = false;
  child.on('message', (message: { ready?: true; error?: string; unhandled?: string }) => {
    if (message.ready) ready = true;
    if (message.error !== undefined) errors.push(message.error);
    if (message.unhandled !== undefined) unhandled.push(message.unhandled);
  });
  const ended = once(child, 'exit');
  const alive = () => child.exitCode === null && child.signalCode === null;
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    if (!alive()) return;
    child.kill(signal);
    await ended;
  };
  try {
    await until(
      'the worker process is ready',
      () => {
        if (!alive()) throw new Error(`the worker process ended: ${[...unhandled, ...errors].join('; ')}`);
        return ready;
      },
      30_000,
    ); // a busy machine takes its time to load a program
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
  return {
    pid: child.pid!,
    alive,
    unhandled,
    errors,
    kill: () => end('SIGKILL'),
    async stop() {
      if (!alive()) return;
      const late = setTimeout(() => child.kill('SIGKILL'), 8_000);
      await end('SIGTERM');
      clearTimeout(late);
      if (child.signalCode) throw new Error(`the worker process did not end by itself: ${child.signalCode}`);
    },
  };
}
