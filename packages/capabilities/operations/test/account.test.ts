import { randomUUID } from 'node:crypto';
import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ReceivedMail } from '@windlass/capabilities/deliveries/sandbox/create-mailbox';
import { listenLive } from '@windlass/testkit/house/listen-live';
import { cookiesOf, makePerson, makeShop, type Person, type Shop, signIn } from '@windlass/testkit/house/make-shop';
import { runSql } from '@windlass/testkit/house/run-sql';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { type Answer, dataOf, errorOf, openVisitor, type Visitor } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;
let other: Shop;
let nobody: Visitor;

beforeAll(async () => {
  house = await startHouse({ trustProxy: true });
  [shop, other] = await Promise.all([makeShop(house, 'Paper & Signal'), makeShop(house, 'The Other Shop')]);
  nobody = openVisitor(() => house.server.url);
});
afterAll(() => house.close());
beforeEach(() => house.mail.fail({}));

const GOOD = 'kettle under seven marble wharves';
const admin = () => shop.admin.visitor;
const someAddress = () => `${randomUUID()}@people.test`;
let clients = 0;
/** An address nobody has come from yet. */
const from = () => ({ 'x-forwarded-for': `198.51.${Math.floor((clients += 1) / 250)}.${clients % 250}` });

const forget = (email: string, headers: Record<string, string> = from()) =>
  nobody.post('/api/forgot-password', { email }, headers);
const look = (token: string) => nobody.post('/api/account-link', { token }, from());
const choose = (token: string, password = GOOD) => nobody.post('/api/choose-password', { token, password }, from());
const tryPassword = (email: string, password: string) => nobody.post('/api/sign-in', { email, password }, from());
const tokenIn = (mail: ReceivedMail) => /#([A-Za-z0-9_-]{43})$/m.exec(mail.text)![1]!;
const mailTo = (email: string, count = 1) => house.mail.mailTo(email, count);
const rowOf = async (email: string, visitor = admin()) =>
  dataOf(await visitor.query('operations.people')).rows.find((row) => row.email === email);
const mayList = async (visitor: Visitor) => (await visitor.query('orders.counts')).status;
const mayListWith = async (answer: Answer) => mayList(openVisitor(() => house.server.url, cookiesOf(answer.headers)));

async function invite(
  email = someAddress(),
  role = 'operator',
): Promise<{ email: string; id: string; token: string; mail: ReceivedMail }> {
  dataOf(await admin().mutate('operations.invitePerson', { name: 'Grace Hopper', email, role }));
  const mail = await mailTo(email);
  return { email, id: (await rowOf(email))!.id, token: tokenIn(mail), mail };
}
const makeSomebody = (role: 'viewer' | 'operator' | 'admin' = 'operator') => makePerson(house, shop.id, role);
async function resetOf(person: Person, count = 1): Promise<string> {
  expect((await forget(person.email)).status).toBe(200);
  return tokenIn(await mailTo(person.email, count));
}

test('an invited person gets a mail, chooses a password and is in; nobody typed one for them', async () => {
  const { email, token, mail } = await invite();
  expect(mail.subject).toBe('Paper & Signal invites you to its back office');
  expect(await rowOf(email)).toMatchObject({ name: 'Grace Hopper', status: 'invited', role: 'operator' });
  expect((await tryPassword(email, GOOD)).status).toBe(401);
  expect(JSON.parse((await look(token)).text)).toEqual({
    kind: 'invitation',
    name: 'Grace Hopper',
    email,
    shopName: 'Paper & Signal',
  });
  const chosen = await choose(token);
  expect([chosen.status, await mayListWith(chosen)]).toEqual([200, 200]);
  expect(await rowOf(email)).toMatchObject({ status: 'active' });
  expect((await tryPassword(email, GOOD)).status).toBe(200);
});

test('a link works once, however many use it at the same time', async () => {
  const { token } = await invite();
  const answers = await Promise.all(Array.from({ length: 6 }, (_, i) => choose(token, `${GOOD} ${i}`)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  const after = await choose(token);
  expect([after.status, errorOf(after).code]).toEqual([410, 'LINK_ENDED']);
});

test('fetching the page and looking at the link use nothing up, and no copy of the page is kept', async () => {
  const { token } = await invite();
  for (let i = 0; i < 5; i += 1) {
    const page = await nobody.get('/invite');
    expect([page.headers.get('cache-control'), page.headers.get('referrer-policy')]).toEqual(
      page.status === 200 ? ['no-store', 'no-referrer'] : [null, 'no-referrer'],
    );
    expect((await look(token)).status).toBe(200);
  }
  expect((await choose(token)).status).toBe(200);
});

test('an hour after its mail was sent a link opens nothing', async () => {
  const { token, id } = await invite();
  const [link] = await runSql<{ minutes: number }>(
    house,
    'select extract(epoch from expires_at - now())::int / 60 as minutes from account_link where user_id = $1',
    [id],
  );
  expect(link!.minutes).toBeGreaterThan(57);
  expect(link!.minutes).toBeLessThanOrEqual(60);
  await runSql(house, `update account_link set expires_at = now() - interval '1 second' where user_id = $1`, [id]);
  expect([(await look(token)).status, (await choose(token)).status]).toEqual([410, 410]);
});

test('an invitation sent again ends the one before', async () => {
  const { email, id, token } = await invite();
  dataOf(await admin().mutate('operations.resendInvitation', { id }));
  const second = tokenIn(await mailTo(email, 2));
  expect((await choose(token)).status).toBe(410);
  expect((await choose(second)).status).toBe(200);
  expect((await admin().mutate('operations.resendInvitation', { id })).error?.code).toBe('INVALID_STATE');
});

test('a forgotten password: a mail, a new password, every session over, the old one worth nothing, and all of it on record', async () => {
  const person = await makeSomebody();
  const elsewhere = await signIn(house, person);
  const first = await resetOf(person);
  const second = await resetOf(person, 2);
  expect(await mayList(elsewhere)).toBe(200); // asking changes nothing
  expect((await choose(first)).status).toBe(410); // the newer one took its place
  const chosen = await choose(second);
  expect([chosen.status, await mayListWith(chosen)]).toEqual([200, 200]);
  expect([await mayList(person.visitor), await mayList(elsewhere)]).toEqual([401, 401]);
  expect([
    (await tryPassword(person.email, person.password)).status,
    (await tryPassword(person.email, GOOD)).status,
  ]).toEqual([401, 200]);
  const record = await runSql<{ action: string }>(
    house,
    'select action from audit_entry where subject = $1 order by at, id',
    [person.id],
  );
  expect(record.map(({ action }) => action)).toEqual([
    'operations.request-reset',
    'operations.request-reset',
    'operations.reset-password',
  ]);
});

test('whether anybody has an address is not told: not by the answer, not by its time', async () => {
  const person = await makeSomebody();
  const off = await makeSomebody();
  dataOf(await admin().mutate('operations.disablePerson', { id: off.id }));
  const { email: invited } = await invite();
  const seen: { who: number; text: string; ms: number }[] = [];
  // The fastest of each: what a busy machine adds to one of them says nothing.
  const apart = () => {
    const times = Array.from({ length: 4 }, (_, who) =>
      Math.min(...seen.filter((one) => one.who === who).map(({ ms }) => ms)),
    );
    return Math.max(...times) - Math.min(...times);
  };
  for (let round = 0; round < 3 || (round < 12 && apart() > 200); round += 1)
    for (const [who, email] of [person.email, someAddress(), off.email, invited].entries()) {
      const started = performance.now();
      const answer = await forget(email);
      seen.push({ who, text: `${answer.status} ${answer.text}`, ms: performance.now() - started });
    }
  expect(new Set(seen.map(({ text }) => text))).toEqual(new Set(['200 {"ok":true}']));
  expect(apart()).toBeLessThan(250);
  await mailTo(person.email);
  expect([house.mail.mailsTo(off.email).length, house.mail.mailsTo(invited).length]).toEqual([0, 1]);
});

test('asking again and again fills nobody’s mailbox, ends no link that was mailed, and keeps nobody out', async () => {
  const person = await makeSomebody();
  for (let i = 0; i < 10; i += 1) expect((await forget(person.email)).status).toBe(200);
  const mails = await until(
    'three mails',
    () => house.mail.mailsTo(person.email).length >= 3 && house.mail.mailsTo(person.email),
  );
  expect(mails).toHaveLength(3);
  expect((await tryPassword(person.email, person.password)).status).toBe(200);
  const statuses = await Promise.all(mails.map(async (mail) => (await look(tokenIn(mail))).status));
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
});

test('one address that asks for everybody’s reset is told to wait', async () => {
  const here = from();
  const statuses = await Promise.all(
    Array.from({ length: 25 }, async () => (await forget(someAddress(), here)).status),
  );
  expect([
    statuses.filter((status) => status === 200).length,
    statuses.filter((status) => status === 429).length,
  ]).toEqual([20, 5]);
});

test.each([
  ['a common one', 'password123456'],
  ['a keyboard walk', 'qwertyuiop12'],
  ['a common one in disguise', 'P@ssw0rd2024!'],
  ['the person’s name', 'Grace Hopper 1'],
  ['the shop’s name', 'paper&signal1'],
  ['one letter', 'aaaaaaaaaaaaaaaa'],
])('%s is no password, and refusing it uses no link up', async (_what, password) => {
  const { token } = await invite();
  const answer = await choose(token, password);
  expect([answer.status, errorOf(answer).code, errorOf(answer).fields?.password]).toEqual([
    422,
    'PASSWORD_REFUSED',
    expect.stringMatching(/^Too easy to guess\./),
  ]);
  expect((await choose(token)).status).toBe(200);
});

test('the person’s own address is no password', async () => {
  const email = `ferdinand.lamarr.${Date.now()}@people.test`;
  const { token } = await invite(email);
  for (const password of [email, email.split('@')[0]!, 'ferdinandlamarr1'])
    expect((await choose(token, password)).status).toBe(422);
});

test('the present password and the five before it do not come back, the seventh may', async () => {
  const person = await makeSomebody();
  const words = ['copper', 'walnut', 'thistle', 'lantern', 'gravel', 'mackerel'].map(
    (word) => `${word} beside eleven quiet engines`,
  );
  let current = person.password;
  for (const next of words) {
    dataOf(await person.visitor.mutate('operations.changePassword', { current, next }));
    current = next;
  }
  for (const used of words) {
    const answer = await person.visitor.mutate('operations.changePassword', { current, next: used });
    expect([answer.status, answer.error?.fields?.next]).toEqual([
      422,
      'You have had this password before. Choose a new one.',
    ]);
  }
  const [kept] = await runSql<{ count: number }>(house, 'select count(*)::int from used_password where user_id = $1', [
    person.id,
  ]);
  expect(kept!.count).toBe(5);
  const weak = await person.visitor.mutate('operations.changePassword', { current, next: 'windlass123' });
  expect([weak.status, weak.error?.code]).toEqual([422, 'PASSWORD_REFUSED']);
});

test('changing one’s password ends the links that were mailed', async () => {
  const person = await makeSomebody();
  const token = await resetOf(person);
  dataOf(await person.visitor.mutate('operations.changePassword', { current: person.password, next: GOOD }));
  expect((await choose(token, 'another four quiet engines')).status).toBe(410);
});

test('a disabled person is out at once: sessions, the live stream, links; the door answers as to a wrong password; enabled, they are back', async () => {
  const person = await makeSomebody();
  const token = await resetOf(person);
  const stream = await listenLive(house, person.visitor, { topics: 'orders' });
  await stream.untilSignal('hello');
  dataOf(await admin().mutate('operations.disablePerson', { id: person.id }));
  expect(await mayList(person.visitor)).toBe(401);
  await until('the stream to end', () => stream.ended, 3_000);
  expect(stream.signals.at(-1)).toBe('auth');
  expect((await choose(token)).status).toBe(410);
  const bare = (answer: Answer) => `${answer.status} ${answer.text.replace(/"requestId":"[^"]+"/, '')}`;
  expect(bare(await tryPassword(person.email, person.password))).toBe(
    bare(await tryPassword(person.email, 'not their password')),
  );
  expect(await rowOf(person.email)).toMatchObject({ status: 'disabled' });
  expect((await admin().mutate('operations.sendReset', { id: person.id })).error?.code).toBe('INVALID_STATE');
  dataOf(await admin().mutate('operations.enablePerson', { id: person.id }));
  expect(await mayList(person.visitor)).toBe(401); // the old session stays ended
  expect((await tryPassword(person.email, person.password)).status).toBe(200);
});

test('other people’s streams go on when somebody is disabled', async () => {
  const person = await makeSomebody();
  const stream = await listenLive(house, shop.viewer.visitor, { topics: 'orders' });
  await stream.untilSignal('hello');
  dataOf(await admin().mutate('operations.disablePerson', { id: person.id }));
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect([stream.ended, stream.signals]).toEqual([false, ['hello']]);
  stream.close();
});

test('an API key outlives the admin who made it', async () => {
  const maker = await makeSomebody('admin');
  const { secret } = dataOf(await maker.visitor.mutate('operations.addApiKey', { name: 'Till' }));
  dataOf(await admin().mutate('operations.removePerson', { id: maker.id }));
  const answer = await nobody.post('/api/v1/orders', {}, { authorization: `Bearer ${secret}` });
  expect([answer.status, errorOf(answer).code]).toEqual([400, 'IDEMPOTENCY_KEY_MISSING']);
});

test('a removed person is gone from the list and the door, their address is free, and the record still has their name', async () => {
  const person = await makeSomebody();
  dataOf(await admin().mutate('operations.removePerson', { id: person.id }));
  expect(await mayList(person.visitor)).toBe(401);
  expect(await rowOf(person.email)).toBeUndefined();
  expect((await tryPassword(person.email, person.password)).status).toBe(401);
  expect((await admin().mutate('operations.setRole', { id: person.id, role: 'admin' })).error?.code).toBe('NOT_FOUND');
  const [row] = await runSql(house, 'select name, email from app_user where id = $1', [person.id]);
  expect(row).toEqual({ name: person.name, email: `${person.id}@removed.invalid` });
  expect((await choose((await invite(person.email)).token)).status).toBe(200);
});

test('the last enabled admin stays: not demoted, not disabled, not removed, whoever is invited or disabled beside them', async () => {
  const lone = await makeShop(house, 'One Admin');
  const visitor = lone.admin.visitor;
  dataOf(await visitor.mutate('operations.invitePerson', { name: 'Later', email: someAddress(), role: 'admin' }));
  const second = await makePerson(house, lone.id, 'admin');
  dataOf(await visitor.mutate('operations.disablePerson', { id: second.id }));
  for (const call of [
    () => visitor.mutate('operations.setRole', { id: lone.admin.id, role: 'viewer' }),
    () => visitor.mutate('operations.disablePerson', { id: lone.admin.id }),
    () => visitor.mutate('operations.removePerson', { id: lone.admin.id }),
  ])
    expect((await call()).error?.code).toBe('LAST_ADMIN');
});

test('of admins who shut each other out in the same instant one stays', async () => {
  for (const word of ['operations.disablePerson', 'operations.removePerson', 'operations.setRole'] as const) {
    for (let round = 0; round < 5; round += 1) {
      const pair = await makeShop(house, `Pair ${round}`);
      const second = await makePerson(house, pair.id, 'admin');
      const more = word === 'operations.setRole' ? { role: 'viewer' } : {};
      const answers = await Promise.all([
        pair.admin.visitor.mutate(word, { id: second.id, ...more }),
        second.visitor.mutate(word, { id: pair.admin.id, ...more }),
      ]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      const left = await runSql(
        house,
        `select id from app_user where shop_id = $1 and role = 'admin' and disabled_at is null and removed_at is null`,
        [pair.id],
      );
      expect(left).toHaveLength(1);
    }
  }
});

test('adding somebody answers alike whether or not another shop knows the address; only its owner is told', async () => {
  const free = someAddress();
  const calls: string[] = [];
  for (const email of [free, other.operator.email]) {
    const answer = await admin().mutate('operations.invitePerson', { name: 'Grace Hopper', email, role: 'viewer' });
    const mail = await mailTo(email);
    const { id: _id, createdAt: _at, email: _email, ...row } = (await rowOf(email))!;
    const { kind, subject, state } = await until('the mail to be settled', async () => {
      const [delivery] = dataOf(await shop.viewer.visitor.query('deliveries.list', { search: email })).rows;
      return delivery?.state === 'accepted' && delivery;
    });
    calls.push(JSON.stringify([answer.status, answer.data, row, { kind, subject, state }, mail.subject]));
  }
  expect(calls[1]).toBe(calls[0]);
  const told = house.mail.mailsTo(other.operator.email)[0]!;
  expect(told.text).toContain('You sign in with this address elsewhere already');
  expect(told.text).toContain('Paper & Signal');
  expect(told.text).not.toContain('#');
  expect(told.text).not.toContain('The Other Shop');
  expect((await tryPassword(other.operator.email, other.operator.password)).status).toBe(200);
});

test('of two shops that invite the same person the first to be taken up has them', async () => {
  const email = someAddress();
  const { token } = await invite(email);
  dataOf(await other.admin.visitor.mutate('operations.invitePerson', { name: 'Grace Hopper', email, role: 'viewer' }));
  const second = tokenIn(await mailTo(email, 2));
  expect((await choose(token)).status).toBe(200);
  const late = await choose(second);
  expect([late.status, errorOf(late).code]).toEqual([409, 'ADDRESS_KNOWN']);
});

const deliveryTo = async (email: string) =>
  dataOf(await shop.viewer.visitor.query('deliveries.list', { search: email })).rows[0]!;

test('an invitation serves no order: it stands among the deliveries, with no preview and no resend from there', async () => {
  const { email } = await invite();
  const delivery = await deliveryTo(email);
  expect(delivery).toMatchObject({ kind: 'invitation', orderId: null, serves: null, recipient: email });
  await until('the delivery to be accepted', async () => (await deliveryTo(email)).state === 'accepted');
  const preview = await admin().query('deliveries.preview', { id: delivery.id });
  const resend = await admin().mutate('deliveries.resend', { id: delivery.id });
  expect([preview.status, preview.error?.code, resend.status, resend.error?.code]).toEqual([
    409,
    'NOT_SHOWN',
    409,
    'SENT_FROM_SETTINGS',
  ]);
  expect(dataOf(await shop.viewer.visitor.query('operations.job', { id: delivery.jobId })).serves).toBeNull();
});

test('a mail that failed is tried again with the same link; one that a newer took the place of sends nothing and says so', async () => {
  const email = someAddress();
  house.mail.fail({ mode: 'reject-5xx' });
  dataOf(await admin().mutate('operations.invitePerson', { name: 'Grace Hopper', email, role: 'viewer' }));
  const failed = await until('the invitation to fail', async () => {
    const row = await deliveryTo(email);
    return row.state === 'failed' && row;
  });
  const { id } = (await rowOf(email))!;
  dataOf(await admin().mutate('operations.resendInvitation', { id }));
  await until('the second to fail', async () => (await deliveryTo(email)).state === 'failed');
  house.mail.fail({});
  dataOf(await shop.operator.visitor.mutate('deliveries.retry', { id: failed.id }));
  const ended = await until('the first to give up', async () => {
    const { data } = await shop.viewer.visitor.query('deliveries.get', { id: failed.id });
    return data?.errorCode === 'LINK_ENDED' && data;
  });
  expect(ended.state).toBe('failed');
  expect(house.mail.mailsTo(email)).toEqual([]);
  dataOf(await shop.operator.visitor.mutate('deliveries.retry', { id: (await deliveryTo(email)).id }));
  expect((await choose(tokenIn(await mailTo(email)))).status).toBe(200);
});

test('an invitation that is on its way can be stopped, and one whose answer was lost can be decided', async () => {
  const { email } = await invite();
  const { id, jobId } = await deliveryTo(email);
  await until('the delivery to be accepted', async () => (await deliveryTo(email)).state === 'accepted');
  await runSql(house, `update delivery set state = 'uncertain' where id = $1`, [id]);
  await runSql(house, `update job set state = 'failed' where id = $1`, [jobId]);
  const foreign = await other.operator.visitor.mutate('deliveries.resolveUncertain', { deliveryId: id, as: 'sent' });
  expect(foreign.error?.code).toBe('NOT_FOUND');
  expect(
    dataOf(await shop.operator.visitor.mutate('deliveries.resolveUncertain', { deliveryId: id, as: 'sent' })),
  ).toEqual({ state: 'sent', alreadyDone: false });
});

const TEXTS = `select string_agg(query_to_xml(format('select * from %I', table_name), true, false, '')::text, '') as all
  from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`;

test('the tokens that were mailed are found in no table, no log and no answer', async () => {
  const { email, token } = await invite();
  const person = await makeSomebody();
  const reset = await resetOf(person);
  house.mail.fail({ mode: 'reject-5xx' });
  await forget(person.email);
  await until('a reset to fail', async () => (await deliveryTo(person.email)).state === 'failed');
  house.mail.fail({});
  const answers: string[] = [];
  for (const address of [email, person.email]) {
    const rows = dataOf(await admin().query('deliveries.list', { search: address })).rows;
    answers.push(JSON.stringify(rows));
    for (const { id, jobId } of rows) {
      answers.push(
        (await admin().query('deliveries.get', { id })).text,
        (await admin().query('deliveries.preview', { id })).text,
        (await admin().query('operations.job', { id: jobId })).text,
      );
    }
  }
  answers.push(
    (await look(token)).text,
    (await choose(token)).text,
    (await choose(reset)).text,
    (await admin().query('operations.people')).text,
  );
  const [tables] = await runSql<{ all: string }>(house, TEXTS);
  const places = {
    tables: tables!.all,
    server: house.server.log.text(),
    worker: house.worker!.log.text(),
    answers: answers.join('\n'),
  };
  expect(places.tables).toContain(email); // it does look where rows are
  for (const [place, text] of Object.entries(places)) {
    for (const secret of [token, reset, GOOD]) expect([place, text.includes(secret)]).toEqual([place, false]);
  }
});

test('what people did with each other’s accounts is on record', async () => {
  const { id } = await invite();
  dataOf(await admin().mutate('operations.resendInvitation', { id }));
  dataOf(await admin().mutate('operations.disablePerson', { id }));
  dataOf(await admin().mutate('operations.enablePerson', { id }));
  dataOf(await admin().mutate('operations.removePerson', { id }));
  const record = await runSql<{ action: string; by: string }>(
    house,
    'select action, actor_id as by from audit_entry where subject = $1 order by at, id',
    [id],
  );
  expect(record).toEqual(
    ['invite-person', 'resend-invitation', 'disable-person', 'enable-person', 'remove-person'].map((action) => ({
      action: `operations.${action}`,
      by: shop.admin.id,
    })),
  );
});

test.each([
  ['/api/forgot-password', { email: 'ada@people.test' }],
  ['/api/account-link', { token: 'x'.repeat(43) }],
  ['/api/choose-password', { token: 'x'.repeat(43), password: GOOD }],
])('%s is asked by our own pages only, and by JSON only', async (path, body) => {
  expect((await nobody.post(path, body, { ...from(), origin: 'https://evil.test' })).status).toBe(403);
  expect((await nobody.post(path, body, { ...from(), 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await nobody.post(path, body, { ...from(), 'content-type': 'text/plain' })).status).toBe(403);
  expect((await nobody.post(path, 'x'.repeat(10_000), from())).status).toBe(413);
  expect((await nobody.post(path, { ...body, role: 'admin' }, from())).status).toBe(422);
});
