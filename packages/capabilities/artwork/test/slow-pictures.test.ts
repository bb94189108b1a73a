import { readFileSync } from 'node:fs';
import { childProcesses } from '@windlass/testkit/child-processes';
import { until } from '@windlass/testkit/until';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makePicture } from '@windlass/testkit/house/make-picture';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { placeOrder } from '@windlass/testkit/house/place-order';
import { runSql } from '@windlass/testkit/house/run-sql';
import { sendArtwork } from '@windlass/testkit/house/send-artwork';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf } from '@windlass/testkit/house/visitor';

/** Pictures that take too long: by their own fault, or by that of a machine with too much else to do. */
let house: House;
let shop: Shop;
let orderId: string;

beforeAll(async () => {
  house = await startHouse({ worker: false });
  shop = await makeShop(house, 'Paper & Signal');
  orderId = (await placeOrder(house, shop)).id;
});
afterEach(() => house.stopWorker());
afterAll(() => house.close());

const operator = () => shop.operator.visitor;
const artworkOf = async (id: string) => dataOf(await operator().query('artwork.get', { id }));
const inState = (id: string, state: string) =>
  until(`${id} to be ${state}`, async () => (await artworkOf(id)).file.state === state && artworkOf(id));
/** The children that decode, and what each has worked, in hundredths of a second. */
const decoders = () =>
  childProcesses().flatMap((pid) => {
    if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('image-pipeline')) return [];
    const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ').slice(13, 15).map(Number) as [
      number,
      number,
    ];
    return [{ pid, worked: user + system }];
  });

test('a machine that is too busy is no fault of the file: its job is tried again', async () => {
  await house.startWorker({ pictures: { timeoutMs: 3_000 } });
  const small = await sendArtwork(house, operator(), { orderId, bytes: await makePicture({ seed: 1 }) });
  await inState(small.artworkId, 'ready');
  const [idle] = decoders();
  const { artworkId } = await sendArtwork(house, operator(), {
    orderId,
    bytes: await makePicture({ width: 2400, height: 2000, seed: 5 }),
  });
  const jobOf = async () =>
    (
      await runSql<{ state: string; code: string }>(
        house,
        `select state, error_code as code from job where subject = $1 and name = 'artwork.prepare'`,
        [artworkId],
      )
    )[0]!;
  // Stopped while it decodes, as if it never had its turn again.
  await until('a decoder at work', () =>
    decoders().some(({ pid, worked }) => pid === idle!.pid && worked > idle!.worked + 10),
  );
  process.kill(idle!.pid, 'SIGSTOP');
  const job = await until('a job that is tried again', async () => (await jobOf()).state === 'retrying' && jobOf());
  expect(job.code).toBe('MACHINE_BUSY');
  expect((await artworkOf(artworkId)).file.state).toBe('waiting');
  await house.stopWorker();
  await house.startWorker();
  await inState(artworkId, 'ready');
});

test('a file that was too slow is tried anew when its bytes are sent again, for all who show it', async () => {
  const bytes = await makePicture({ width: 1600, height: 1200, seed: 2 });
  await house.startWorker({ pictures: { cpuMs: 1 } });
  const first = await sendArtwork(house, operator(), { orderId, name: 'first.png', bytes });
  expect((await inState(first.artworkId, 'failed')).file.reason).toMatchObject({ code: 'TOO_SLOW' });
  await house.stopWorker();
  await house.startWorker();
  const second = await sendArtwork(house, operator(), { orderId, name: 'second.png', bytes });
  const [one, two] = [await inState(second.artworkId, 'ready'), await inState(first.artworkId, 'ready')];
  expect([one.file.reason, two.file.reason, one.sha256 === two.sha256]).toEqual([null, null, true]);
  expect(one.thumb).toEqual(two.thumb);
});

test('still too slow, it fails again', async () => {
  const bytes = await makePicture({ width: 1600, height: 1200, seed: 3 });
  await house.startWorker({ pictures: { cpuMs: 1 } });
  const ids: string[] = [];
  for (const name of ['a.png', 'b.png', 'c.png']) {
    const { artworkId } = await sendArtwork(house, operator(), { orderId, name, bytes });
    ids.push(artworkId);
    await until(`${name} to be read through`, async () => (await artworkOf(artworkId)).sha256 !== null);
    for (const id of ids) await inState(id, 'failed');
  }
  // One for each that was sent, and one more for each time that it was tried anew.
  const ended = `select state from job where subject = any($1) and name = 'artwork.prepare' and state = 'succeeded'`;
  await until('five jobs to have ended', async () => (await runSql(house, ended, [ids])).length === 5);
});

test('a file that is damaged stays refused, however often it is sent', async () => {
  const whole = await makePicture({ width: 1600, height: 1200, seed: 4 });
  const bytes = Buffer.from(whole).fill(0, whole.length - 60_000, whole.length - 40_000);
  await house.startWorker();
  const first = await sendArtwork(house, operator(), { orderId, name: 'first.png', bytes });
  expect((await inState(first.artworkId, 'failed')).file.reason).toMatchObject({ code: 'BROKEN_IMAGE' });
  const second = await sendArtwork(house, operator(), { orderId, name: 'second.png', bytes });
  await inState(second.artworkId, 'failed');
  expect(
    await runSql(house, `select 1 from job where subject = any($1) and name = 'artwork.prepare'`, [
      [first.artworkId, second.artworkId],
    ]),
  ).toHaveLength(2);
});
