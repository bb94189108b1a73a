import { Worker } from 'node:worker_threads';
import type { ShopSystem } from '../intake-contract.ts';
import { notAnOrder, readShopOrder, type ShopMessageRead } from './read-shop-order.ts';

/**
 * Up to here a message is read where it came, within milliseconds; a larger one would hold up everybody else. In bytes.
 */
const MOST_AT_ONCE = 256 * 1024;
/** Ten MB of the worst JSON take a fraction of it. In ms. */
const MOST_MS = 30_000;
const MOST_MEMORY_MB = 1024;

/** One at a time: each may take as much memory as a hundred times its message. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Reads a message as `readShopOrder` does, a large one in a thread of its own. What takes too long or too much is kept
 * as what cannot be read.
 */
export async function readShopMessage(system: ShopSystem, body: Uint8Array, email?: string): Promise<ShopMessageRead> {
  if (body.length <= MOST_AT_ONCE) return readShopOrder(system, body, email);
  const read = last.then(() => readInThread({ system, body, email }));
  last = read;
  return read;
}

const readInThread = (workerData: {
  system: ShopSystem;
  body: Uint8Array;
  email: string | undefined;
}): Promise<ShopMessageRead> =>
  new Promise((settle) => {
    const thread = new Worker(new URL('./read-in-thread.ts', import.meta.url), {
      workerData,
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
    });
    const stop = (read: ShopMessageRead) => {
      clearTimeout(timer);
      settle(read);
      void thread.terminate();
    };
    const timer = setTimeout(() => stop(notAnOrder('The message is too large to be read.')), MOST_MS);
    thread.once('message', stop);
    thread.once('error', () => stop(notAnOrder('The message is too large to be read.')));
  });
