import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startEmbedded } from '@windlass/db/embedded';
import { migrate } from '@windlass/db/migrate';
import { openDatabase } from '@windlass/db/open-database';
import { until } from '@windlass/testkit/until';
import { expect, test } from 'vitest';
import { openHub } from '../src/hub.ts';
import { openStream } from '../src/open-stream.ts';
import { recordEvents } from '../src/record-events.ts';
import { readStream } from './read-stream.ts';
import { orderMoved } from './order-moved.ts';

test('when the database comes back, everybody is told to start afresh, who watches and who returns; then news goes on', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'windlass-live-'));
  let server = await startEmbedded({ folder });
  await migrate(server.url);
  const database = openDatabase({
    url: server.url,
    poolSize: 4,
    applicationName: 'live test',
    report: () => undefined,
  });
  const { sql } = database;
  const hub = await openHub(sql, { secret: 'test', report: () => undefined, pollMs: 50 });
  const stopping = new AbortController();
  const read = (lastEventId?: string) =>
    readStream(
      openStream({
        hub,
        sql,
        shopId: 'shop_a',
        topics: new Set(['orders']),
        lastEventId,
        allowed: async () => true,
        stopping: stopping.signal,
        report: () => undefined,
      }),
    );
  const tell = (n: number) =>
    database.transaction((tx) => recordEvents(tx, [orderMoved({ shopId: 'shop_a', subject: 'ord_1', data: { n } })]));
  try {
    const watching = read();
    await watching.greeted();
    await tell(1);
    await until('the first is told', () => watching.numbers().length === 1);
    const place = watching.messages.at(-1)!.id!;

    const [postmaster] = fs.readFileSync(path.join(folder, 'pg', 'postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(postmaster), 'SIGQUIT');
    await server.exited;
    server = await startEmbedded({ folder, port: server.port });

    const isReset = (reader: typeof watching) => reader.messages.some(({ event }) => event === 'reset');
    await until('the watcher is told', () => isReset(watching));
    await tell(2);
    await until('news goes on', () => watching.numbers().includes(2));
    const returned = read(place);
    await until('who returns is told', () => isReset(returned));
    expect(returned.numbers()).toEqual([]);
  } finally {
    stopping.abort();
    await hub.close();
    await database.close();
    await server.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
