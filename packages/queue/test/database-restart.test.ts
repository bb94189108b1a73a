import { newId } from '@windlass/db/ids';
import { startEmbedded } from '@windlass/db/embedded';
import { migrate } from '@windlass/db/migrate';
import { openDatabase } from '@windlass/db/open-database';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@windlass/testkit/until';
import { expect, test } from 'vitest';
import { enqueue } from '../src/jobs/enqueue.ts';
import { forkWorker } from './fork-worker.ts';
import { EFFECT_TABLE, processJob } from './process-job.ts';

// With fsync, as the product runs: the crash is to find on disk what was acknowledged.
test('PostgreSQL crashes and comes back: no acknowledged job is lost, and the worker goes on by itself', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'windlass-restart-'));
  let server = await startEmbedded({ folder });
  await migrate(server.url);
  const database = openDatabase({ url: server.url, poolSize: 4, applicationName: 'queue test', report: () => {} });
  await database.sql.rows('effect-table', EFFECT_TABLE);
  const worker = await forkWorker({ databaseUrl: server.url, engineUrl: server.url, serve: ['messages'] });
  try {
    const acknowledged: string[] = [];
    let over = false;
    const click = async () => {
      while (!over) {
        const id = newId('job');
        await database
          .transaction((tx) => enqueue(tx, { job: processJob, payload: { ms: 30 } }, { id, shopId: null }))
          .then(
            () => acknowledged.push(id),
            () => undefined,
          );
        await sleep(10);
      }
    };
    const clicks = Promise.all([click(), click()]);
    await sleep(800);
    const before = acknowledged.length;
    expect(before).toBeGreaterThan(10);

    const [postmaster] = fs.readFileSync(path.join(folder, 'pg', 'postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(postmaster), 'SIGQUIT');
    await server.exited;
    await sleep(300);
    server = await startEmbedded({ folder, port: server.port });
    await until('clicks are taken again', () => acknowledged.length > before + 10);
    over = true;
    await clicks;

    const missing = async () => {
      const done = await database.sql.rows<{ id: string }>('done', `select id from job where state = 'succeeded'`);
      const ids = new Set(done.map(({ id }) => id));
      return acknowledged.filter((id) => !ids.has(id)).length;
    };
    await until('all have run', async () => (await missing()) === 0);
    expect(worker.alive()).toBe(true);
    expect(worker.unhandled).toEqual([]);
    await worker.stop();
  } finally {
    await worker.kill();
    await database.close();
    await server.stop();
    fs.rmSync(folder, { recursive: true });
  }
});
