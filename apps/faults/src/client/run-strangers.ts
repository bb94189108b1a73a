import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Attacked } from '../entry.ts';
import type { History } from '../history.ts';

export type Strangers = {
  /** the server's, on loopback */
  port: number;
  /** of the requests: see createHostileRequests */
  seed: number;
  secret: string;
  numbers: number[];
  /** how many are under way at any moment */
  atOnce: number;
};

/** Sends these hostile requests from another process, and puts each answer on record. */
export async function runStrangers(strangers: Strangers, history: History): Promise<void> {
  const child = fork(path.join(import.meta.dirname, 'strangers-process.ts'), { execArgv: [] });
  child.on('message', (attacked: Attacked) => history.write(attacked));
  child.send(strangers);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`the strangers ended with ${code}`);
}
