import { findFreePort } from '@windlass/db/embedded/find-free-port';
import { startProcess } from '../world/start-process.ts';
import type { World } from '../world/world.ts';

export type Sink = {
  url: string;
  port: number;
  /** When the next mail to this address was accepted, in ms of the shared clock. */
  nextTo(recipient: string): Promise<number>;
  /** When `count` more mails, whoever they are to, were accepted: the time of the last one. */
  next(count: number): Promise<number>;
};

type Accepted = { kind: string; recipient: string; at: number };

/** The mail server of a run, in a process of its own. */
export async function startSink(world: World): Promise<Sink> {
  const port = await findFreePort();
  const { child } = await startProcess(world, {
    program: 'apps/bench/src/click/sink-process.ts',
    args: [String(port)],
  });
  let waiting: ((accepted: Accepted) => void)[] = [];
  child.on('message', (message) => {
    const accepted = message as Accepted;
    if (accepted.kind === 'accepted') for (const hear of waiting) hear(accepted);
  });
  const until = (enough: (accepted: Accepted) => boolean) =>
    new Promise<number>((resolve) => {
      const hear = (accepted: Accepted) => {
        if (!enough(accepted)) return;
        waiting = waiting.filter((one) => one !== hear);
        resolve(accepted.at);
      };
      waiting.push(hear);
    });
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    nextTo: (recipient) => until((accepted) => accepted.recipient === recipient),
    next(count) {
      let left = count;
      return until(() => --left === 0);
    },
  };
}
