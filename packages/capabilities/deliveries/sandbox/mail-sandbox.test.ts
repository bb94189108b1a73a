import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Hono } from 'hono';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFaultSwitch } from './create-fault-switch.ts';
import { createMailbox } from './create-mailbox.ts';
import type { Mailbox } from './create-mailbox.ts';
import { createMailApi } from './mail-api.ts';
import { createMailPages } from './mail-pages.ts';
import { startSmtpServer } from './start-smtp-server.ts';
import type { RunningSmtpServer } from './start-smtp-server.ts';

let smtp: RunningSmtpServer;
let mailbox: Mailbox;
let app: Hono;

beforeEach(async () => {
  mailbox = createMailbox();
  const faults = createFaultSwitch();
  smtp = await startSmtpServer({ host: '127.0.0.1', port: 0, mailbox, faults });
  app = new Hono();
  app.route('/mail/api', createMailApi({ mailbox, faults }));
  app.route('/mail', createMailPages({ mailbox, faults, smtpUrl: 'smtp://127.0.0.1:25' }));
});

afterEach(() => smtp.close());

const HTML_MAIL = [
  'From: Shop <shop@example.com>',
  'To: Ada <ada@example.com>',
  'Subject: <b>Hello</b>',
  'Message-ID: <m1@example.com>',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>Hi</p><script>alert(1)</script>',
].join('\r\n');

/** Speaks one SMTP transaction by hand and returns the server's last line; empty when it said nothing more. */
async function send({ to = 'ada@example.com', body = HTML_MAIL } = {}): Promise<string> {
  const socket = connect(smtp.port, '127.0.0.1');
  socket.on('error', () => {});
  let said = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  const steps = ['EHLO test', 'MAIL FROM:<shop@example.com>', `RCPT TO:<${to}>`, 'DATA', `${body}\r\n.`];
  try {
    for (const step of ['', ...steps]) {
      said = '';
      if (step !== '') socket.write(`${step}\r\n`);
      while (!/^\d{3} .*\r\n$/m.test(said) && !socket.closed) {
        await Promise.race([once(socket, 'data'), once(socket, 'close'), wait(2_000)]);
      }
      if (!/^[23]/.test(said)) break;
    }
    return said.trim();
  } finally {
    socket.destroy();
  }
}

async function put(fault: object): Promise<number> {
  const response = await app.request('/mail/api/faults', { method: 'PUT', body: JSON.stringify(fault) });
  return response.status;
}

async function get(path: string): Promise<Record<string, unknown>> {
  return (await app.request(`/mail/api${path}`)).json() as Promise<Record<string, unknown>>;
}

test('a message is in the mailbox as soon as its 250 is read', async () => {
  expect(await send()).toMatch(/^250 /);
  expect(await get('/messages')).toMatchObject({
    count: 1,
    messages: [
      {
        messageId: '<m1@example.com>',
        to: ['ada@example.com'],
        subject: '<b>Hello</b>',
        replied: true,
        attachments: 0,
      },
    ],
  });
  const [mail] = mailbox.list({ limit: 1 });
  expect(await get(`/messages/${mail?.id}`)).toMatchObject({
    raw: expect.stringContaining('Message-ID: <m1@example.com>'),
  });
});

test('messages are listed newest first, by recipient, and tallied by Message-ID', async () => {
  await send();
  await send({ to: 'Bob@example.com', body: HTML_MAIL.replace('m1@', 'm2@') });
  await send();
  expect(await get('/messages?limit=1')).toMatchObject({ count: 3, messages: [{ messageId: '<m1@example.com>' }] });
  expect(await get('/messages?to=bob@EXAMPLE.com')).toMatchObject({
    count: 1,
    messages: [{ messageId: '<m2@example.com>' }],
  });
  expect(await get('/tally')).toEqual({
    accepted: 3,
    distinct: 2,
    copies: { '<m1@example.com>': 2, '<m2@example.com>': 1 },
  });
  await app.request('/mail/api/messages', { method: 'DELETE' });
  expect(await get('/tally')).toEqual({ accepted: 0, distinct: 0, copies: {} });
});

test('only the latest 2,000 messages are kept, while the tally goes on', async () => {
  await send();
  const [mail] = mailbox.list({ limit: 1 });
  if (mail === undefined) throw new Error('no mail');
  for (let i = 0; i < 2_100; i += 1) mailbox.add({ ...mail, id: `mail_${i}`, messageId: `<${i}>` });
  expect(mailbox.list({ limit: 5_000 })).toHaveLength(2_000);
  expect(mailbox.list({ limit: 1 })[0]?.id).toBe('mail_2099');
  expect(mailbox.tally().size).toBe(2_101);
});

test('reject-4xx answers 451 after the dot and keeps nothing', async () => {
  await put({ mode: 'reject-4xx' });
  expect(await send()).toMatch(/^451 4\.3\.0 /);
  expect(mailbox.count()).toBe(0);
});

test('reject-5xx answers 550 5.1.1 after RCPT TO, or 552 5.2.2 after the dot when asked', async () => {
  await put({ mode: 'reject-5xx' });
  expect(await send()).toMatch(/^550 5\.1\.1 /);
  await put({ mode: 'reject-5xx', at: 'data' });
  expect(await send()).toMatch(/^552 5\.2\.2 /);
  expect(mailbox.count()).toBe(0);
});

test('cut-after-dot keeps the message and says nothing', async () => {
  await put({ mode: 'cut-after-dot' });
  expect(await send()).toBe('');
  expect(await get('/messages')).toMatchObject({ count: 1, messages: [{ replied: false }] });
});

test('a delay holds back the 250', async () => {
  await put({ delayMs: 200 });
  const start = performance.now();
  expect(await send()).toMatch(/^250 /);
  expect(performance.now() - start).toBeGreaterThan(290);
});

test('a fault for n messages switches itself off', async () => {
  await put({ mode: 'reject-4xx', times: 2 });
  expect([await send(), await send(), await send()].map((line) => line.slice(0, 3))).toEqual(['451', '451', '250']);
  expect(await get('/faults')).toEqual({ mode: 'ok', delayMs: 0, times: null });
});

test('a fault for some recipients spares the others', async () => {
  await put({ mode: 'reject-5xx', recipients: ['Bob@example.com'] });
  expect(await send()).toMatch(/^250 /);
  expect(await send({ to: 'bob@EXAMPLE.com' })).toMatch(/^550 /);
});

test('refuse-connections closes the port and the open connections, and opens it again', async () => {
  const idle = connect(smtp.port, '127.0.0.1');
  await once(idle, 'data');
  const closed = once(idle, 'close');
  await put({ mode: 'refuse-connections' });
  await closed;
  const refused = connect(smtp.port, '127.0.0.1');
  expect(await once(refused, 'error')).toMatchObject([{ code: 'ECONNREFUSED' }]);
  await put({ mode: 'ok' });
  expect(await send()).toMatch(/^250 /);
});

test('hang-greeting takes the connection and never greets', async () => {
  await put({ mode: 'hang-greeting', times: 1 });
  const socket = connect(smtp.port, '127.0.0.1');
  let said = '';
  socket.on('data', (chunk) => (said += String(chunk)));
  await wait(300);
  expect(said).toBe('');
  socket.destroy();
  expect(await send()).toMatch(/^250 /);
});

test.each([
  { mode: 'nonsense' },
  { mode: 'ok', surprise: 1 },
  { delayMs: -1 },
  { delayMs: 120_001 },
  { times: 0 },
  { mode: 'refuse-connections', times: 3 },
  { mode: 'hang-greeting', recipients: ['a@b.com'] },
  { mode: 'ok', at: 'rcpt' },
])('the fault %j is refused and changes nothing', async (fault) => {
  expect(await put(fault)).toBe(400);
  expect(await get('/faults')).toEqual({ mode: 'ok', delayMs: 0, times: null });
});

test('a message is shown escaped, and its HTML only inside a sandbox without scripts', async () => {
  await send();
  const [mail] = mailbox.list({ limit: 1 });
  const page = await (await app.request(`/mail/messages/${mail?.id}`)).text();
  expect(page).toContain('&lt;b&gt;Hello&lt;/b&gt;');
  expect(page).not.toContain('<script>alert');
  expect(page).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
  const framed = await app.request(`/mail/messages/${mail?.id}/html`);
  expect(framed.headers.get('content-security-policy')).toMatch(
    /^sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'/,
  );
  expect(await framed.text()).toContain('<base target="_blank">');
});

test('the empty mailbox says how to fill it', async () => {
  expect(await (await app.request('/mail')).text()).toContain('--mail-rcpt ada@example.com');
});
