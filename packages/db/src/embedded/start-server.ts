import { setTimeout as sleep } from 'node:timers/promises';
import { StartFailure } from '../start-failure.ts';
import { findFreePort } from './find-free-port.ts';
import { openClient } from './open-client.ts';
import { runProgram, whenEnded } from './run-program.ts';
import type { Runner } from './runner.ts';
import { socketFolder } from './socket-folder.ts';

/** A running server process. `ended` resolves, never rejects, with a sentence about how it ended. */
export type Server = { port: number; ended: Promise<string>; stop: () => Promise<void> };

export type ServerOptions = {
  /** the superuser's address on a port */
  urlOf: (port: number) => string;
  /** further `name=value` settings */
  settings: Record<string, string>;
  log: (line: string) => void;
  /** default: a free one */
  port?: number;
};

/** Crash recovery of a large database takes its time. */
const ANSWER_WITHIN_MS = 60_000;
/** A fast shutdown takes 0.1 s; after this the server is told to drop everything and recover at its next start. */
const STOP_WITHIN_MS = 2_000;

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_permissions: '0700',
  max_connections: '100',
  shared_buffers: '256MB',
  log_line_prefix: '',
  log_min_messages: 'fatal',
  log_checkpoints: 'off',
};

/**
 * Starts the cluster's server on 127.0.0.1, and on a unix socket where it may have one, and waits until it answers. It
 * ends with this process.
 */
export async function startServer(runner: Runner, options: ServerOptions): Promise<Server> {
  const port = options.port ?? (await findFreePort());
  const sockets = { unix_socket_directories: socketFolder(runner) ?? '' };
  const settings = Object.entries({ ...SETTINGS, ...sockets, ...options.settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const printed: string[] = [];
  const child = runProgram(runner, ['postgres', '-D', runner.cluster, '-p', String(port), ...settings], (line) => {
    printed.splice(0, printed.length - 4);
    printed.push(line);
    options.log(line);
  });

  const server = { running: true };
  // Whatever ends this process early takes the server along, short of kill -9.
  const endWithUs = () => child.kill('SIGINT');
  process.once('exit', endWithUs);
  const ended = whenEnded(child).then(({ how }) => {
    server.running = false;
    process.off('exit', endWithUs);
    const last = printed.at(-1)?.trim();
    return `PostgreSQL ended (${how})${last ? `: ${last}` : ''}`;
  });

  await untilAnswering(server, options.urlOf(port), ended).catch(async (error: unknown) => {
    child.kill('SIGINT');
    await ended;
    throw error;
  });
  const stop = async () => {
    if (server.running) child.kill('SIGINT');
    const timer = setTimeout(() => child.kill('SIGQUIT'), STOP_WITHIN_MS);
    await ended;
    clearTimeout(timer);
  };
  return { port, ended, stop };
}

async function untilAnswering(server: { running: boolean }, url: string, ended: Promise<string>): Promise<void> {
  for (const deadline = Date.now() + ANSWER_WITHIN_MS; Date.now() < deadline; await sleep(25)) {
    if (!server.running) {
      throw new StartFailure(
        `The embedded database does not start: ${await ended}. Mend that, or set DATABASE_URL to a PostgreSQL 15 or newer.`,
      );
    }
    try {
      const client = await openClient(url, 'windlass start');
      await client.end();
      return;
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === '28P01') {
        throw new StartFailure(
          'The database does not accept the password kept beside it in pg.json: put the file that belongs to it back, ' +
            'or move both away to begin anew.',
        );
      }
    }
  }
  throw new StartFailure(
    `PostgreSQL does not answer within ${ANSWER_WITHIN_MS / 1000} s: the machine may be too busy; start again.`,
  );
}
