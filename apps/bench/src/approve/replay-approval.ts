import { createWakeSender } from '@windlass/db/wake';
import { LIVE_WAKE } from '@windlass/live/event';
import { queueWake } from '@windlass/queue/jobs/queues';
import type pg from 'pg';
import { openBarePool } from '../world/open-bare-pool.ts';
import type { World } from '../world/world.ts';
import type { SentStatement } from './parse-frontend.ts';
import { fillTemplate, type Template } from './make-template.ts';

/** As many as the server holds (its DATABASE_POOL). */
export const POOL_SIZE = 12;

/** The twin: an approval's statements on bare pg, prepared by the same names, its wake sent as the server sends it. */
export function openReplay(world: World, databaseUrl: string, template: Template): (orderId: string) => Promise<void> {
  const pool = openBarePool(world, databaseUrl, POOL_SIZE);
  const wakes = createWakeSender(pool, (error) => world.say(error.message));
  world.whenOver(() => wakes.idle());
  return async (orderId) => {
    const { before, transaction } = fillTemplate(template, orderId);
    for (const statement of before) await run(pool, statement);
    const client = await pool.connect();
    try {
      for (const statement of transaction) await run(client, statement);
    } finally {
      client.release();
    }
    wakes.send(queueWake('mail'));
    wakes.send(LIVE_WAKE);
  };
}

const run = (target: pg.Pool | pg.PoolClient, { name, text, values }: SentStatement) =>
  target.query(name === '' ? { text, values } : { name, text, values });
