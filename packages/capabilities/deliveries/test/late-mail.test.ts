import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { jobs, type LostCommitPolicy } from '@windlass/capabilities/deliveries/contract';
import { findFreePort } from '@windlass/db/embedded/find-free-port';
import { plainAnswers, type ScriptedServer, startScriptedServer } from '@windlass/testkit/start-scripted-server';
import { until } from '@windlass/testkit/until';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makeBundle } from '@windlass/testkit/house/make-bundle';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { placeOrder, someAddress } from '@windlass/testkit/house/place-order';
import { runSql } from '@windlass/testkit/house/run-sql';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { type RunningTestWorker, startWorkerProcess } from '@windlass/testkit/house/start-worker-process';
import { dataOf } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;
const errors: Error[] = [];
const running: (RunningTestWorker | ScriptedServer)[] = [];

beforeAll(async () => {
  house = await startHouse({ worker: false });
  shop = await makeShop(house, 'Paper & Signal');
});
afterEach(async () => {
  for (const one of running.splice(0).toReversed()) await ('stop' in one ? one.stop() : one.close());
  // What a test leaves in the queue is not the next one's.
  await runSql(house, `update job set state = 'cancelled' where state in ('queued', 'retrying', 'scheduled')`);
});
afterAll(async () => {
  await house.close();
  expect(errors).toEqual([]);
});

/** A worker that sends by this mail server. */
async function startWorker(smtpUrl: string, onLostCommit?: LostCommitPolicy) {
  const worker = await startWorkerProcess({
    ...house.common,
    report: (error) => void errors.push(error),
    smtpUrl,
    publicUrl: house.server.url,
    onLostCommit,
  });
  running.push(worker);
  return worker;
}
async function startMail(...script: Parameters<typeof startScriptedServer>): Promise<ScriptedServer> {
  const server = await startScriptedServer(...script);
  running.push(server);
  return server;
}
const stop = async (one: RunningTestWorker) => {
  running.splice(running.indexOf(one), 1);
  await one.stop();
};

async function approved(email = someAddress()) {
  const order = await placeOrder(house, shop, { email, bundles: [await makeBundle(house, shop)] });
  dataOf(await shop.operator.visitor.mutate('approvals.approve', { orderId: order.id }));
  const { id: deliveryId, jobId } = (await readOrder(order.id)).deliveries[0]!;
  return { ...order, deliveryId, jobId };
}
const readOrder = async (id: string) => dataOf(await shop.viewer.visitor.query('orders.get', { id }));
const readDelivery = async (id: string) => dataOf(await shop.viewer.visitor.query('deliveries.get', { id }));
const readJob = async (id: string) => dataOf(await shop.viewer.visitor.query('operations.job', { id }));
const breakers = async () => dataOf(await shop.viewer.visitor.query('operations.trouble')).breakers;
/** Waits are not sat out. */
const startAllNow = () => runSql(house, `update job set run_after = now() where state = 'retrying'`);
/** As far as the attempt that is waited for, whose own wait is sat out. */
const HURRY_BELOW = `update job j set run_after = now() from delivery d
  where d.id = $1 and d.job_id = j.id and d.attempts < $2 and j.state = 'retrying'`;
const untilState = (id: string, state: string) =>
  until(`delivery ${state}`, async () => {
    await startAllNow();
    const delivery = await readDelivery(id);
    return delivery.state === state && delivery;
  });
const untilAttempts = (id: string, count: number) =>
  until(`${count} attempts`, async () => {
    const delivery = await readDelivery(id);
    if (delivery.attempts >= count && delivery.state === 'awaiting_retry') return delivery;
    await runSql(house, HURRY_BELOW, [id, count]);
    return undefined;
  });
const untilBreakerOpens = () =>
  until('the breaker to open', async () => {
    await startAllNow();
    return (await breakers())[0];
  });

test('a mail that is put off is tried after 2, 5 and 10 seconds, then after growing waits for at least a day', () => {
  const waits = jobs['deliveries.send-email'].retryDelaysMs;
  expect(waits.slice(0, 3)).toEqual([2_000, 5_000, 10_000]);
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  expect(waits.reduce((sum, wait) => sum + wait)).toBeGreaterThanOrEqual(24 * 3_600_000);
  expect(waits.at(-1)).toBeLessThanOrEqual(4 * 3_600_000);
});

test.each([
  ['greylisting', '450 4.2.0 <you>: Greylisted, try again in 60 seconds', /greylisting/],
  [
    'a full disk of the server',
    '452 4.3.1 Insufficient system storage',
    /mail server has no room.*mailbox is not the reason/,
  ],
  ['a full mailbox', '452 4.2.2 Over quota', /recipient.s mailbox is full/],
  ['a rate', '450 4.7.1 Error: too much mail from 203.0.113.5', /too much at once/],
])(
  '%s is told as what it is; the order is late from the fourth wait on, says until when, and is sent once it has passed',
  async (_, answer, sentence) => {
    let over = false;
    const plain = plainAnswers();
    const { url } = await startMail((line) => (line.startsWith('RCPT') && !over ? answer : plain(line)));
    await startWorker(url);
    const { id, deliveryId, jobId } = await approved();
    const third = await untilAttempts(deliveryId, 3);
    expect(third).toMatchObject({ givesUpAt: null, errorSentence: expect.stringMatching(sentence) });
    const late = await untilAttempts(deliveryId, 4);
    expect(late).toMatchObject({
      state: 'awaiting_retry',
      errorSentence: expect.stringMatching(sentence),
      nextAttemptAt: expect.any(String),
    });
    expect(Date.parse(late.givesUpAt!) - Date.parse(late.attemptRows[0]!.startedAt)).toBeGreaterThan(23.9 * 3_600_000);
    expect(await readOrder(id)).toMatchObject({
      stage: 'moving',
      delivery: { state: 'awaiting_retry', attempts: 4, givesUpAt: late.givesUpAt },
    });
    expect(await breakers()).toEqual([]); // it answers
    over = true;
    await untilState(deliveryId, 'accepted');
    await until('its job to have ended', async () => (await readJob(jobId)).state === 'succeeded');
  },
);

test('the last try of a day ends it, with its reason', async () => {
  const { url } = await startMail(plainAnswers({ RCPT: '450 4.2.0 Greylisted' }));
  await startWorker(url);
  const { id, deliveryId, jobId } = await approved();
  await untilAttempts(deliveryId, 1);
  await runSql(house, 'update job set failures = $2 where id = $1', [
    jobId,
    jobs['deliveries.send-email'].retryDelaysMs.length,
  ]);
  expect(await untilState(deliveryId, 'failed')).toMatchObject({
    errorSentence: expect.stringMatching(/greylisting/),
    givesUpAt: null,
  });
  expect(await readOrder(id)).toMatchObject({ stage: 'problem' });
});

test('one mail outlives a server that is away: no try is spent, what is looked at is the server and not the mail, and it goes out when it is back', async () => {
  const port = await findFreePort();
  await startWorker(`smtp://127.0.0.1:${port}`);
  const { deliveryId, jobId } = await approved();
  const { sentence } = await untilBreakerOpens();
  expect(sentence).toMatch(/refused the connection/);
  const { attempts } = await readDelivery(deliveryId);
  const probes = async () =>
    (await runSql<{ probes: number }>(house, 'select probes from breaker where open'))[0]!.probes;
  await until('several looks', async () => (await startAllNow(), (await probes()) >= 3));
  expect(await readDelivery(deliveryId)).toMatchObject({ state: 'awaiting_retry', attempts, givesUpAt: null });
  expect(await readJob(jobId)).toMatchObject({ state: 'retrying', tryNumber: 1 });

  const back = createServer();
  const plain = await startMail(plainAnswers());
  back.on(
    'connection',
    (socket) =>
      void import('node:net').then(({ connect }) =>
        socket.pipe(connect(Number(new URL(plain.url).port), '127.0.0.1')).pipe(socket),
      ),
  );
  back.listen(port, '127.0.0.1');
  await once(back, 'listening');
  await untilState(deliveryId, 'accepted');
  await until('the breaker to close', async () => (await breakers()).length === 0);
  for (const one of running.splice(0).toReversed()) await ('stop' in one ? one.stop() : one.close());
  back.close();
});

test.each([
  [
    'greetings of 421',
    { answers: {}, greeting: '421 4.7.0 Too many concurrent SMTP connections', query: '' },
    /too much at once/,
  ],
  [
    'STARTTLS put off',
    {
      answers: { EHLO: '250-test\r\n250 STARTTLS', STARTTLS: '454 4.7.0 TLS not available' },
      greeting: '220 test',
      query: '?tls=required',
    },
    /encryption.*STARTTLS/,
  ],
  [
    'STARTTLS taken away',
    { answers: { EHLO: '250 test', STARTTLS: '502 no' }, greeting: '220 test', query: '?tls=required' },
    /firewall.*does not offer encryption/,
  ],
])(
  'a server that gives no session is an absence of the server: %s',
  async (_, { answers, greeting, query }, sentence) => {
    const { url } = await startMail(plainAnswers(answers), greeting);
    await startWorker(url + query);
    const { id, deliveryId, jobId } = await approved();
    expect((await untilBreakerOpens()).sentence).toMatch(sentence);
    expect(await readDelivery(deliveryId)).toMatchObject({
      state: 'awaiting_retry',
      errorSentence: expect.stringMatching(sentence),
    });
    expect(await readJob(jobId)).toMatchObject({ tryNumber: 1 });
    expect(await readOrder(id)).toMatchObject({ stage: 'moving' });
  },
);

test('with another SMTP_URL the breaker of the former is gone, and what it held is sent', async () => {
  const wrong = await startWorker(`smtp://127.0.0.1:${await findFreePort()}`);
  const orders = await Promise.all([1, 2, 3, 4, 5].map(() => approved()));
  const { key } = await untilBreakerOpens();
  await stop(wrong);
  const { url } = await startMail(plainAnswers());
  await startWorker(url);
  await until('the former breaker to go', async () => (await breakers()).every((breaker) => breaker.key !== key));
  for (const { deliveryId } of orders) await untilState(deliveryId, 'accepted');
});

test('a mail that meets the end of a kept connection is accepted at its first attempt', async () => {
  const mails = new Map<Socket, { taken: number; plain: (line: string) => string | null }>();
  const { url } = await startMail((line, socket) => {
    const own = mails.get(socket) ?? { taken: 0, plain: plainAnswers() };
    mails.set(socket, own);
    if (own.taken > 0 && line.startsWith('MAIL')) {
      socket.end('421 4.4.1 session lifetime reached, please reconnect\r\n');
      return null;
    }
    if (line === '.') own.taken += 1;
    return own.plain(line);
  });
  await startWorker(url);
  for (let i = 0; i < 3; i += 1) {
    const { deliveryId } = await approved();
    expect(await untilState(deliveryId, 'accepted')).toMatchObject({ attempts: 1 });
  }
});

const LATE_451 = { '.': '451 4.3.0 Timeout waiting for client input' };

test('put off after the dot, a mail that is never sent twice is uncertain: one copy, and a person decides', async () => {
  const server = await startMail(plainAnswers(LATE_451));
  await startWorker(server.url, 'uncertain');
  const { id, deliveryId } = await approved();
  const delivery = await untilState(deliveryId, 'uncertain');
  expect(delivery).toMatchObject({
    attempts: 1,
    errorSentence: expect.stringContaining('nobody knows whether it kept it'),
    errorHint: expect.stringMatching(/mark it as sent, or send it again/),
  });
  expect(delivery.attemptRows).toMatchObject([{ outcome: 'uncertain', smtpCode: 451 }]);
  expect(server.wire.filter((line) => line === 'C: .')).toHaveLength(1);
  expect(await readOrder(id)).toMatchObject({ stage: 'problem' });
});

test('put off after the dot, a mail that may be sent twice is, and the record says that it may have made a copy', async () => {
  let first = true;
  const [late, plain] = [plainAnswers(LATE_451), plainAnswers()];
  const { url } = await startMail((line) => {
    const said = (first ? late : plain)(line);
    if (line === '.') first = false;
    return said;
  });
  await startWorker(url);
  const { deliveryId } = await approved();
  const delivery = await untilState(deliveryId, 'accepted');
  expect(delivery.attemptRows).toMatchObject([
    { outcome: 'awaiting_retry', errorSentence: expect.stringContaining('may have made a copy') },
    { outcome: 'accepted' },
  ]);
});
