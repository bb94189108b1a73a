import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';

/**
 * How long a migration waits for a lock. Below PostgreSQL's deadlock_timeout (1 s): where a program holds one of its
 * tables and waits for another, the migration lets go before a victim is looked for, which might be the program.
 */
const LOCK_MS = 400;
/** lock_not_available, deadlock_detected */
const IN_THE_WAY = ['55P03', '40P01'];

export const isInTheWay = (error: unknown): boolean => IN_THE_WAY.includes((error as { code?: string }).code ?? '');

/**
 * Runs a file beside programs that work: waits for its locks a moment, else rolls back, lets everybody pass who stood
 * behind it, and tries again, for `patienceMs`. Then throws what the last try met.
 */
export async function giveWay(client: Client, sql: string, patienceMs: number): Promise<void> {
  // It blocks nobody while it waits, and cut off it leaves an invalid index.
  if (/\bcreate\s+index\s+concurrently\b/i.test(sql)) {
    await client.query(sql);
    return;
  }
  await client.query(`set lock_timeout = ${LOCK_MS}`);
  try {
    for (const deadline = performance.now() + patienceMs; ;) {
      try {
        await client.query(sql);
        return;
      } catch (error) {
        if (!isInTheWay(error) || performance.now() > deadline) throw error;
      }
      await sleep(LOCK_MS * Math.random());
    }
  } finally {
    await client.query('set lock_timeout = 0');
  }
}
