import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { FaultSwitch } from './create-fault-switch.ts';
import type { Mailbox } from './create-mailbox.ts';
import { describeFault } from './page/describe-fault.ts';

export type StateSources = {
  mailbox: Mailbox;
  faults: FaultSwitch;
  describe: () => { count: number; countText: string };
};

/** Pause between two updates: a fault run delivers hundreds of mails in a second. */
const COALESCE_MS = 200;

/** Server-Sent Events: one `state` event now and one after every change, coalesced. Ends when the reader leaves. */
export function streamMailboxState(c: Context, { mailbox, faults, describe }: StateSources): Response {
  return streamSSE(c, async (stream) => {
    let wake = () => {};
    let changed = true;
    const onChange = () => {
      changed = true;
      wake();
    };
    const stops = [mailbox.subscribe(onChange), faults.subscribe(onChange)];
    stream.onAbort(() => {
      for (const stop of stops) stop();
      wake();
    });
    while (!stream.aborted) {
      if (!changed) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      changed = false;
      await stream.writeSSE({
        event: 'state',
        data: JSON.stringify({ ...describe(), faultText: describeFault(faults.current()) }),
      });
      await stream.sleep(COALESCE_MS);
    }
  });
}
