import { setTimeout as sleep } from 'node:timers/promises';
import type { History } from '../history.ts';
import type { Stack } from './start-stack.ts';

const MOVING = `select count(*)::int as n from delivery
  where state in ('withheld', 'queued', 'sending', 'committing', 'awaiting_retry')`;

/** Waits until no delivery is on its way any more, or the time is over: what is still moving then counts as lost. */
export async function untilSettled(stack: Stack, history: History, withinMs = 90_000): Promise<void> {
  const begun = performance.now();
  for (;;) {
    const moving = await stack.database.sql.row<{ n: number }>('faults-moving', MOVING).catch(() => undefined);
    const ms = performance.now() - begun;
    if (moving?.n === 0 || ms > withinMs) {
      history.write({
        what: 'noted',
        text: `${moving?.n ?? 'unknown'} deliveries moving after ${Math.round(ms)} ms of waiting`,
      });
      return;
    }
    await sleep(100);
  }
}
