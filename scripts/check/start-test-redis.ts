import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import os from 'node:os';
import { createInterface } from 'node:readline';
import { findFreePort } from '../../packages/db/src/embedded/find-free-port.ts';
import { findProgram } from '../../packages/testkit/src/find-program.ts';
import type { TestService } from './start-test-database.ts';

const WARNING = `
  ##########################################################################
  #  redis-server is not on this machine: the Redis half of the queue's    #
  #  tests does NOT run. The PostgreSQL half does.                         #
  #  Debian, Ubuntu: apt-get install redis-server. Or set TEST_REDIS_URL.  #
  ##########################################################################
`;

/** Starts an empty Redis that keeps nothing on disk. Where there is no redis-server: a loud warning, and undefined. */
export async function startTestRedis(): Promise<TestService | undefined> {
  const program = findProgram('redis-server');
  if (!program) {
    console.warn(WARNING);
    return undefined;
  }
  const port = await findFreePort();
  const redis = spawn(
    program,
    [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      os.tmpdir(),
      '--daemonize',
      'no',
    ],
    // A group of its own: Ctrl-C reaches the tests first and what they talk to last.
    { stdio: ['ignore', 'pipe', 'inherit'], detached: true },
  );
  const endWithUs = () => redis.kill('SIGTERM');
  process.once('exit', endWithUs);
  const stop = async () => {
    process.off('exit', endWithUs);
    if (redis.pid !== undefined && redis.exitCode === null && redis.signalCode === null) {
      redis.kill('SIGTERM');
      await once(redis, 'exit');
    }
  };

  const state = await untilReady(redis);
  if (state === 'ready') return { url: `redis://127.0.0.1:${port}`, stop };
  await stop();
  throw new Error(`redis-server did not start: ${state}`);
}

/** "ready", or the last thing it said before it ended. */
async function untilReady(redis: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    let last = '';
    redis.once('error', (error) => resolve(error.message));
    redis.once('exit', (code) => resolve(`${last} (exit code ${code})`));
    if (!redis.stdout) return;
    createInterface({ input: redis.stdout }).on('line', (line) => {
      last = line;
      if (/Ready to accept connections/.test(line)) resolve('ready');
    });
  });
}
