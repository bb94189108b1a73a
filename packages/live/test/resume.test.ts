import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { formatCursor } from '../src/cursor.ts';
import { recordEvents } from '../src/record-events.ts';
import { listen, openRecord, type Record, SHOP } from './open-record.ts';

let record: Record;
beforeEach(async () => { record = await openRecord(); });
afterEach(() => record.close());

const tellMany = (count: number, from = 1) =>
  recordEvents(record.database.sql, Array.from({ length: count }, (_, i) => ({ shopId: SHOP, topic: 'orders', subject: 'ord_1', type: 'test.happened', data: { n: from + i } })));

test('a reader that comes back at any place in the middle of a batch misses nothing and hears nothing twice', async () => {
  const hub = await record.openHub();
  const listener = listen(record, hub);
  await listener.until(0);
  await tellMany(12); // one transaction: one batch, one pair of snapshots
  await listener.until(12);
  await listener.leave();
  await tellMany(5, 13);
  const events = listener.heard.filter(({ name }) => name === 'message');
  for (const { id, data } of events) {
    const again = listen(record, hub, { lastEventId: id });
    const first = data.data!.n;
    await again.until(17 - first);
    await sleep(30);
    expect(again.numbers(), `after ${first}`).toEqual(Array.from({ length: 17 - first }, (_, i) => first + 1 + i));
    await again.leave();
  }
});

test('a reader that comes back to a server that was started anew hears what happened meanwhile', async () => {
  const before = await record.openHub();
  const listener = listen(record, before);
  await tellMany(3);
  await listener.until(3);
  await listener.leave();
  await before.close();
  await tellMany(700, 4); // more than one page of the replay
  const after = await record.openHub();
  const again = listen(record, after, { lastEventId: listener.lastId()! });
  await again.until(700);
  await tellMany(2, 704);
  await again.until(702);
  expect(again.numbers()).toEqual(Array.from({ length: 702 }, (_, i) => 4 + i));
  await again.leave();
});

test('what was told while a reader caught up is heard after what it had missed', async () => {
  const hub = await record.openHub();
  const listener = listen(record, hub);
  await tellMany(1);
  await listener.until(1);
  await listener.leave();
  await tellMany(1500, 2);
  const again = listen(record, hub, { lastEventId: listener.lastId()! });
  for (let n = 1502; n < 1530; n += 1) await record.tell('ord_1', n);
  await again.until(1528);
  expect(again.numbers()).toEqual(Array.from({ length: 1528 }, (_, i) => 2 + i));
  await again.leave();
});

test.each([
  ['no cursor of ours', () => 'forty-two'],
  ['a snapshot PostgreSQL would refuse', () => '9:3:~9:3:~1~1'],
  ['one from the future', () => formatCursor({ from: '900000000000:900000000000:', to: '900000000001:900000000001:', seq: 1, at: Date.now() / 1000 | 0 })],
  ['one older than a day', () => formatCursor({ from: '3:3:', to: '4:4:', seq: 0, at: (Date.now() / 1000 - 25 * 3600) | 0 })],
  ['one too far behind to be told', () => formatCursor({ from: '3:3:', to: '3:3:', seq: 0, at: (Date.now() / 1000) | 0 })],
])('a reader with %s is told to start afresh, and then follows', async (what, cursor) => {
  const hub = await record.openHub();
  if (what.includes('too far')) for (let i = 0; i < 12; i += 1) await tellMany(500, i * 500);
  const listener = listen(record, hub, { lastEventId: cursor() });
  for (const end = Date.now() + 5000; !listener.heard.some(({ name }) => name === 'reset') && Date.now() < end; ) await sleep(10);
  expect(listener.heard.find(({ name }) => name !== 'message')?.name).toBe('reset');
  const told = listener.numbers().length;
  await record.tell('ord_1', 77_777);
  await listener.until(told + 1);
  expect(listener.numbers().at(-1)).toBe(77_777);
  await listener.leave();
});
