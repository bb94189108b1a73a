import { startProcess } from '../world/start-process.ts';
import type { World } from '../world/world.ts';
import type { Heard } from './reader-process.ts';

export type Readers = {
  /** What they have heard since they were last asked; `least` by any one of them. */
  heard(): Promise<Heard>;
  close(): Promise<void>;
};

export type ReadersWish = { port: number; path: string; cookies: string[] };

const PROCESSES = 2;

/** Opens a stream for each cookie, from two processes, and waits until all of them have been answered. */
export async function startReaders(world: World, { port, path, cookies }: ReadersWish): Promise<Readers> {
  const share = Math.ceil(cookies.length / PROCESSES);
  const processes = await Promise.all(
    Array.from({ length: PROCESSES }, () => startProcess(world, { program: 'apps/bench/src/live/reader-process.ts' })),
  );
  await Promise.all(
    processes.map(({ ask }, i) =>
      ask({ kind: 'open', port, path, cookies: cookies.slice(i * share, (i + 1) * share) }, 'opened'),
    ),
  );
  return {
    async heard() {
      const all = await Promise.all(processes.map(({ ask }) => ask<Heard>({ kind: 'read' }, 'heard')));
      return {
        kind: 'heard',
        events: all.reduce((sum, { events }) => sum + events, 0),
        latencies: all.flatMap(({ latencies }) => latencies),
        least: Math.min(...all.map(({ least }) => least)),
        closed: all.reduce((sum, { closed }) => sum + closed, 0),
      };
    },
    close: async () => void (await Promise.all(processes.map(({ stop }) => stop()))),
  };
}
