import fs from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartFailure } from '../../packages/db/src/start-failure.ts';
import type { Launch } from './launch.ts';
import type { Options, Port } from './read-options.ts';

/** What a killed launcher leaves behind ends by itself within its own 10 s. */
const LEFTOVERS_END_WITHIN_MS = 11_000;

/** Throws a StartFailure that names the port and its variable, before anything is started, where one is not free. */
export async function checkPorts(options: Options, launch: Launch): Promise<void> {
  const { server, metrics, sandbox, smtp, pages } = options.ports;
  const used = [server, metrics, ...(options.sandbox ? [sandbox, smtp] : []), ...(options.dev ? [pages] : [])];
  for (const [index, { variable, port }] of used.entries()) {
    const same = used.slice(0, index).find((other) => other.port === port);
    if (same)
      throw new StartFailure(`${same.variable} and ${variable} are both ${port}: give them ports of their own.`);
  }
  const former = formerLauncher(options.data);
  for (const port of used) {
    let fault = await faultOf(port);
    if (fault && former === 'killed') {
      launch.say('ports', `${port.port} is still held by a former start that was killed; waiting for it to end`);
      for (
        const deadline = Date.now() + LEFTOVERS_END_WITHIN_MS;
        fault && Date.now() < deadline;
        fault = await faultOf(port)
      ) {
        await sleep(100, undefined, { signal: launch.stopping });
      }
    }
    if (!fault) continue;
    const holder = former === 'running' ? 'the Windlass that already runs from this folder' : 'what holds it';
    const cure = fault === 'is taken' ? `stop ${holder}, or choose` : 'choose';
    throw new StartFailure(
      `Port ${port.port} ${fault}: ${cure} another, e.g. ${port.variable}=${elsewhere(port.port)} npm start.`,
    );
  }
}

/** A port to propose: below 1024 only root may listen. */
function elsewhere(port: number): number {
  return port < 1_024 ? 4_000 + port : port + 200;
}

/** Undefined where the port can be had. Listening is the only sure test: a server may hold it on another address. */
function faultOf({ port }: Port): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code === 'EADDRINUSE' ? 'is taken' : `is not for this user to open (${error.code})`);
    });
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(undefined)));
  });
}

/** What up.pid says of the start before this one. A clean stop removes the file. */
function formerLauncher(data: string): 'none' | 'running' | 'killed' {
  const file = path.join(data, 'up.pid');
  if (!fs.existsSync(file)) return 'none';
  try {
    process.kill(Number(fs.readFileSync(file, 'utf8')), 0);
    return 'running';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? 'running' : 'killed';
  }
}
