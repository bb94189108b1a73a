import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Embedded, startEmbedded } from '@windlass/db/embedded';
import { migrate as migrateToThis } from '@windlass/db/migrate';
import { findSteadyPort } from './find-steady-port.ts';

export type OwnPostgres = {
  url: string;
  superuserUrl: string;
  port: number;
  /** `pg_ctl -m immediate`: no checkpoint, no goodbye. It finds its way back from the log at the next start. */
  crash(): Promise<void>;
  /** kill -9 of the postmaster alone; its children notice by themselves. */
  killPostmaster(): Promise<void>;
  /** Resolves when it answers. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

export type PostgresOptions = {
  folder: string;
  settings: Record<string, string>;
  /** default: to this release's schema */
  migrate?: (url: string) => Promise<unknown>;
};

/** A PostgreSQL of this run alone, migrated, on a port it keeps over all its lives. */
export async function startPostgres({
  folder,
  settings,
  migrate = (url) => migrateToThis(url),
}: PostgresOptions): Promise<OwnPostgres> {
  const port = await findSteadyPort();
  const start = () => startEmbedded({ folder, port, settings });
  let embedded: Embedded = await start();
  await migrate(embedded.url);

  const signal = async (name: 'SIGQUIT' | 'SIGKILL') => {
    const [pid] = fs.readFileSync(path.join(folder, 'pg', 'postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(pid), name);
    await embedded.exited;
  };
  return {
    url: embedded.url,
    superuserUrl: embedded.superuserUrl,
    port,
    crash: () => signal('SIGQUIT'),
    killPostmaster: () => signal('SIGKILL'),
    async restart() {
      // Children of a killed postmaster hold its shared memory until each of them has noticed.
      for (let tried = 0; ; tried += 1) {
        try {
          embedded = await start();
          return;
        } catch (error) {
          if (tried === 40) throw error;
          await sleep(250);
        }
      }
    },
    stop: () => embedded.stop(),
  };
}
