import fs from 'node:fs';
import { checkCluster } from './embedded/check-cluster.ts';
import { chooseRunner, type RootWay } from './embedded/choose-runner.ts';
import { createRoles } from './embedded/create-roles.ts';
import { initCluster } from './embedded/init-cluster.ts';
import { keepSecrets } from './embedded/keep-secrets.ts';
import { openClient } from './embedded/open-client.ts';
import { socketFolder } from './embedded/socket-folder.ts';
import { startServer } from './embedded/start-server.ts';
import { LAUNCHER_SESSION, takeOver } from './embedded/take-over.ts';

export type EmbeddedOptions = {
  /** where the cluster and its passwords are kept; made when missing */
  folder: string;
  /** the application's database and the name of its role (default `windlass`) */
  database?: string;
  /** further PostgreSQL settings, by name */
  settings?: Record<string, string>;
  /** what the server prints, line by line */
  log?: (line: string) => void;
  /** of 127.0.0.1, for a server that comes back where its clients look for it; default: a free one */
  port?: number;
  /** forces one of root's two ways instead of trying the first one first */
  rootWay?: RootWay;
};

export type Embedded = {
  /** for the application: a plain role that owns its database */
  url: string;
  /** the same for programs of this machine: over a unix socket where there is one */
  localUrl: string;
  /** for the launcher alone, database `postgres` */
  superuserUrl: string;
  port: number;
  /** "as this user", "in a user namespace", ... */
  how: string;
  /** whether the server of a launcher that died had to be stopped first */
  tookOver: boolean;
  /** resolves with a sentence when the server has ended, whoever ended it */
  exited: Promise<string>;
  /** a fast, clean shutdown; within 2 s, or a hard one that recovers at the next start */
  stop: () => Promise<void>;
};

/**
 * Starts PostgreSQL from the npm tarball as a child of this process, in `folder`. Needs no root, no Docker and makes no
 * user. Throws a StartFailure with a sentence for the person where the folder or the machine does not allow it.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const role = options.database ?? 'windlass';
  fs.mkdirSync(options.folder, { recursive: true });
  // The server reports its folder as it was given; the real path is the same for whoever asks.
  const runner = chooseRunner(fs.realpathSync(options.folder), options.rootWay);
  checkCluster(runner);

  const passwords = keepSecrets(runner.passwords, ['superuser', 'application']);
  const superuserUrlOf = (port: number) => `postgresql://postgres:${passwords.superuser}@127.0.0.1:${port}/postgres`;
  await initCluster(runner, passwords.superuser);
  const tookOver = await takeOver(runner, superuserUrlOf);
  const server = await startServer(runner, {
    urlOf: superuserUrlOf,
    settings: options.settings ?? {},
    log: options.log ?? (() => {}),
    ...(options.port !== undefined && { port: options.port }),
  });

  const superuserUrl = superuserUrlOf(server.port);
  const stopOnFailure = async (error: unknown): Promise<never> => {
    await server.stop();
    throw error;
  };
  const session = await openClient(superuserUrl, LAUNCHER_SESSION).catch(stopOnFailure);
  await createRoles(superuserUrl, { role, password: passwords.application, database: role }).catch(stopOnFailure);
  const url = `postgresql://${role}:${passwords.application}@127.0.0.1:${server.port}/${role}`;
  const socket = socketFolder(runner);
  return {
    url,
    localUrl: socket === undefined ? url : `${url}?host=${encodeURIComponent(socket)}`,
    superuserUrl,
    port: server.port,
    how: runner.how,
    tookOver,
    exited: server.ended,
    stop: async () => {
      await session.end();
      await server.stop();
    },
  };
}
