import { pathToFileURL } from 'node:url';
import { findFreePort } from '@windlass/db/embedded/find-free-port';
import { type Usage, readUsage } from './read-usage.ts';
import { AUTH_SECRET, LINK_SECRET, SEAL_KEYS } from './secrets.ts';
import { startProcess } from './start-process.ts';
import type { World } from './world.ts';

export type BenchServer = { url: string; port: number; pid: number; usage(): Promise<Usage>; stop(): Promise<void> };
export type ServerWish = { databaseUrl: string; undoSeconds?: number; storageUrl?: string };

/** The real server, in a process of its own, with the settings it has in `npm start` but for the undo window. */
export async function startServer(
  world: World,
  { databaseUrl, undoSeconds = 10, storageUrl }: ServerWish,
): Promise<BenchServer> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const { pid, stop } = await startProcess(world, {
    program: 'apps/server/src/main.ts',
    env: {
      PORT: String(port),
      PUBLIC_URL: url,
      DATABASE_URL: databaseUrl,
      STORAGE_URL: storageUrl ?? pathToFileURL(world.createFolder()).href,
      AUTH_SECRET,
      LINK_SECRET,
      SEAL_KEYS,
      UNDO_SECONDS: String(undoSeconds),
      // All readers are one person’s.
      STREAMS_PER_PERSON: '10000',
    },
  });
  return { url, port, pid, stop, usage: () => readUsage(`${url}/metrics`) };
}
