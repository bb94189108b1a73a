import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartFailure } from '../start-failure.ts';
import { openClient } from './open-client.ts';
import type { Runner } from './runner.ts';

/** The session every launcher keeps open: a server that has one is in use and is never stopped by another start. */
export const LAUNCHER_SESSION = 'windlass launcher';

/** Thrown where the folder's server belongs to a launcher that lives. */
export class FolderInUse extends StartFailure {
  override name = 'FolderInUse';
}

/**
 * A launcher that was killed leaves its server running. It is stopped here (fast and clean), so that the next one is a
 * child of ours whose end is seen. Only a server that answers with our own password for our own folder is touched. A
 * stale postmaster.pid is left alone: PostgreSQL checks and overwrites it by itself. Answers whether a server was
 * stopped.
 */
export async function takeOver(runner: Runner, urlOf: (port: number) => string): Promise<boolean> {
  const pidFile = path.join(runner.cluster, 'postmaster.pid');
  let timesInUse = 0;
  // The server may be starting, recovering or ending.
  for (const deadline = Date.now() + 4_000; Date.now() < deadline; await sleep(100)) {
    const running = readPidFile(pidFile);
    if (!running || !isAlive(running.pid) || isAnotherProgram(running.pid, runner.cluster)) return false;
    const state = await askServer(urlOf(running.port), runner.cluster);
    // The session of a launcher killed this instant is seen for a moment longer.
    if (state === 'in use' && ++timesInUse === 5) {
      throw new FolderInUse(
        `The database in ${runner.cluster} is in use by another start of Windlass: stop that one, ` +
          'or choose another folder with WINDLASS_DATA.',
      );
    }
    if (state !== 'abandoned') continue;
    process.kill(running.pid, 'SIGINT');
    await untilStopped(running.pid, pidFile);
    return true;
  }
  return false;
}

/** Line 1 of postmaster.pid is the process, line 4 the port; both may be missing while the server starts. */
function readPidFile(file: string): { pid: number; port: number } | undefined {
  if (!fs.existsSync(file)) return undefined;
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  return Number.isInteger(pid) && pid > 1 ? { pid, port: Number(lines[3]) || 0 } : undefined;
}

async function askServer(url: string, cluster: string): Promise<'silent' | 'foreign' | 'in use' | 'abandoned'> {
  const client = await openClient(url, 'windlass take-over').catch(() => undefined);
  if (!client) return 'silent';
  try {
    const { rows } = await client.query<{ folder: string; held: boolean }>(
      `select current_setting('data_directory') as folder,
              exists (select from pg_stat_activity where application_name = $1) as held`,
      [LAUNCHER_SESSION],
    );
    if (rows[0]?.folder !== cluster) return 'foreign';
    return rows[0].held ? 'in use' : 'abandoned';
  } finally {
    await client.end();
  }
}

/** Waits for the pid file too: where nobody reaps it, an ended process stays visible as a zombie. */
async function untilStopped(pid: number, pidFile: string): Promise<void> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(25)) {
    if (!isAlive(pid) || !fs.existsSync(pidFile)) return;
  }
  throw new StartFailure(
    `The PostgreSQL a former start left (process ${pid}) does not stop: end it with kill -QUIT ${pid} and start again.`,
  );
}

/** After a restart of the machine or container the number may be another program's. Only Linux tells; elsewhere: no. */
function isAnotherProgram(pid: number, cluster: string): boolean {
  const commandLine = `/proc/${pid}/cmdline`;
  return fs.existsSync(commandLine) && !fs.readFileSync(commandLine, 'utf8').includes(cluster);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
