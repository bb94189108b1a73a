import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProgram } from '@windlass/testkit/find-program';
import { Redis } from 'ioredis';
import { findSteadyPort } from './find-steady-port.ts';

export type OwnRedis = {
  url: string;
  port: number;
  /** Everything it knows is gone. */
  flush(): Promise<void>;
  /** Any command, on a connection of its own. */
  command(name: string, ...args: string[]): Promise<unknown>;
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
};

const ANSWER_WITHIN_MS = 10_000;

/**
 * A Redis of this run alone, with an append-only file as in production: what it loses at a kill is what it would lose
 * there.
 */
export async function startRedis(folder: string): Promise<OwnRedis> {
  const port = await findSteadyPort();
  const url = `redis://127.0.0.1:${port}`;
  fs.mkdirSync(folder, { recursive: true });
  const command = async (name: string, ...args: string[]) => {
    const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
    client.on('error', () => {}); // the command below throws the same
    try {
      await client.connect();
      return await client.call(name, ...args);
    } finally {
      client.disconnect();
    }
  };
  let child: ChildProcess;
  const endWithUs = () => child.kill('SIGKILL');
  const start = async () => {
    const options = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'yes',
      '--daemonize',
      'no',
    ];
    const log = fs.openSync(path.join(folder, 'redis.log'), 'a');
    child = spawn(findProgram('redis-server') ?? 'redis-server', [...options, '--dir', folder], {
      stdio: ['ignore', log, log],
      detached: true,
    });
    fs.closeSync(log);
    process.once('exit', endWithUs);
    await once(child, 'spawn');
    for (const deadline = Date.now() + ANSWER_WITHIN_MS; ; await sleep(20)) {
      const answer = await command('ping').catch(() => undefined);
      if (answer === 'PONG') return;
      if (Date.now() > deadline) throw new Error(`redis-server does not answer: see ${folder}/redis.log`);
    }
  };
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    process.off('exit', endWithUs);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  await start();
  return {
    url,
    port,
    command,
    flush: async () => void (await command('flushall')),
    kill: () => end('SIGKILL'),
    restart: start,
    stop: () => end('SIGTERM'),
  };
}
