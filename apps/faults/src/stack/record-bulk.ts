import { recordEvents } from '@windlass/live/record-events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stack } from './start-stack.ts';
import { defineEvent } from '@windlass/live/define-event';

const bulk = defineEvent<{ text: string }>('orders', 'order.bulk');
const EVENT_BYTES = 16 * 1024;
const AT_ONCE = 8;

/**
 * Much news in a short time: events of 16 kB, a few a transaction. The system keeps some megabytes for a socket that
 * nobody reads; only what goes beyond them waits in the server. Answers how many were written.
 */
export async function recordBulk(stack: Stack, megabytes: number): Promise<number> {
  const text = 'news '.repeat(EVENT_BYTES / 5);
  const event = bulk({ shopId: stack.shop.id, subject: 'bulk', data: { text } });
  const rounds = Math.ceil((megabytes * 1024 * 1024) / EVENT_BYTES / AT_ONCE);
  for (let i = 0; i < rounds; i += 1) {
    await stack.database.transaction((tx) =>
      recordEvents(
        tx,
        Array.from({ length: AT_ONCE }, () => event),
      ),
    );
    await sleep(10);
  }
  return rounds * AT_ONCE;
}
