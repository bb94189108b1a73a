import type { Socket } from 'node:net';
import { plainAnswers, startScriptedServer } from '@windlass/testkit/start-scripted-server';
import { expect, test } from 'vitest';
import { closing, commit, message, openSender } from '../test/open-sender.ts';
import { reply, startTestServer } from '../test/start-test-server.ts';
import type { MailMessage } from './check-message.ts';

test('an accepted message arrives once, with its own Message-ID and envelope', async () => {
  const server = closing(await startTestServer());
  const outcome = await openSender(server.url).send(message({ messageId: '<dlv_fixed@example.com>' }), commit);
  expect(outcome).toMatchObject({ kind: 'accepted', response: expect.stringMatching(/^250 /) });
  expect(server.received).toHaveLength(1);
  expect(server.received[0]).toContain('Message-ID: <dlv_fixed@example.com>');
  expect(server.received[0]).toContain('To: Ada Lovelace <ada@example.com>');
  expect(outcome.phases.connect).toBeGreaterThan(0);
  expect(Object.keys(outcome.phases)).toEqual(['connect', 'commands', 'data', 'reply']);
});

test('a closed port is not sent and may be retried', async () => {
  const server = await startTestServer();
  await server.close();
  const outcome = await openSender(server.url).send(message(), commit);
  expect(outcome).toMatchObject({ kind: 'not-sent', retryable: true, code: 'SMTP_REFUSED' });
});

test('an unresolvable host is not sent and says so', async () => {
  const outcome = await openSender('smtp://no-such-host.invalid:25').send(message(), commit);
  expect(outcome).toMatchObject({ kind: 'not-sent', retryable: true, code: 'SMTP_DNS' });
});

test('a 4xx after the dot that gives no reason is unknown: some servers kept the message all the same', async () => {
  const server = closing(await startTestServer({ onMessage: async () => reply(451, 'try later') }));
  const outcome = await openSender(server.url).send(message(), commit);
  expect(outcome).toMatchObject({
    kind: 'unknown',
    code: 'SMTP_PUT_OFF_AFTER_DOT',
    smtpCode: 451,
    enhancedCode: '4.3.0',
    sentence: expect.stringContaining('may have made a copy'),
  });
});

test('an unknown recipient is a permanent failure, without a commit', async () => {
  let commits = 0;
  const server = closing(
    await startTestServer({ onRcptTo: (_to, _session, done) => done(reply(550, 'no such user')) }),
  );
  const outcome = await openSender(server.url).send(message(), {
    onCommit: async () => {
      commits += 1;
    },
  });
  expect(outcome).toMatchObject({
    kind: 'rejected',
    permanent: true,
    code: 'SMTP_MAILBOX_UNKNOWN',
    smtpCode: 550,
    enhancedCode: '5.1.1',
  });
  expect(commits).toBe(0);
});

test('a refused recipient does not cost the connection: the next message goes over the same one', async () => {
  const server = closing(
    await startTestServer({
      onRcptTo: (to, _session, done) => done(to.address.startsWith('gone') ? reply(550, 'no such user') : null),
    }),
  );
  const sender = openSender(server.url, { maxConnections: 1 });
  await sender.send(message({ to: { name: '', address: 'gone@example.com' } }), commit);
  expect((await sender.send(message(), commit)).kind).toBe('accepted');
  expect(server.connections()).toBe(1);
});

test('421 may be retried', async () => {
  const server = closing(await startScriptedServer(plainAnswers({ MAIL: '421 4.3.2 going down' })));
  const outcome = await openSender(server.url).send(message(), commit);
  expect(outcome).toMatchObject({ kind: 'not-sent', retryable: true, code: 'SMTP_BUSY', smtpCode: 421 });
});

test('a cut between the dot and the 250 is unknown, and the server does have the message', async () => {
  const server = closing(
    await startTestServer({
      onMessage: async (self) => {
        self.cut();
        return null;
      },
    }),
  );
  const outcome = await openSender(server.url).send(message(), commit);
  expect(outcome).toMatchObject({ kind: 'unknown', code: 'SMTP_CUT_AFTER_DOT' });
  expect(server.received).toHaveLength(1);
});

test('silence after the dot is unknown once the socket limit has passed', async () => {
  const server = closing(await startScriptedServer(plainAnswers({ '.': null })));
  const outcome = await openSender(server.url, { socketTimeoutMs: 200 }).send(message(), commit);
  expect(outcome).toMatchObject({ kind: 'unknown', code: 'SMTP_SILENT_AFTER_DOT' });
  expect(outcome.phases.reply).toBeGreaterThanOrEqual(150);
});

test('a server that trickles its reply is cut off by the total limit', async () => {
  const answer = plainAnswers({ '.': null });
  const server = closing(
    await startScriptedServer((line, socket) => {
      if (line === '.') {
        const timer = setInterval(() => socket.write('2'), 50);
        socket.once('close', () => clearInterval(timer));
      }
      return answer(line);
    }),
  );
  const outcome = await openSender(server.url, { socketTimeoutMs: 300, totalTimeoutMs: 600 }).send(message(), commit);
  expect(outcome).toMatchObject({ kind: 'unknown', code: 'SMTP_SILENT_AFTER_DOT' });
});

test('a cut in the middle of a large message is not sent', async () => {
  let lines = 0;
  const answer = plainAnswers();
  const server = closing(
    await startScriptedServer((line, socket) => {
      lines += 1;
      if (lines === 60) socket.destroy();
      return answer(line);
    }),
  );
  const text = `${'a line of seventy characters or so, many times over and over\n'.repeat(200_000)}`;
  const outcome = await openSender(server.url).send(message({ text, html: '' }), commit);
  expect(outcome).toMatchObject({ kind: 'not-sent', retryable: true, code: 'SMTP_CUT_IN_DATA' });
});

test('a greeting that never comes is a retryable timeout', async () => {
  const server = closing(await startScriptedServer(plainAnswers(), ''));
  const outcome = await openSender(server.url, { greetingTimeoutMs: 150 }).send(message(), commit);
  expect(outcome).toMatchObject({ kind: 'not-sent', retryable: true, code: 'SMTP_GREETING_TIMEOUT' });
});

test('the pool reuses its connection: the second send has no connect phase', async () => {
  const server = closing(await startTestServer());
  const sender = openSender(server.url, { maxConnections: 1 });
  await sender.send(message(), commit);
  const second = await sender.send(message(), commit);
  expect(server.connections()).toBe(1);
  expect(second.phases.connect).toBeUndefined();
  expect(second.conversation[0]?.line).toMatch(/^MAIL FROM/);
});

test('a pooled connection that died in the meantime costs one fresh connection, not the message', async () => {
  const server = closing(await startTestServer());
  const sender = openSender(server.url, { maxConnections: 1 });
  await sender.send(message(), commit);
  let commits = 0;
  const second = sender.send(message(), {
    onCommit: async () => {
      commits += 1;
    },
  });
  server.cut();
  const outcome = await second;
  expect(outcome.kind).toBe('accepted');
  expect(outcome.phases.connect).toBeGreaterThan(0);
  expect(outcome.conversation.some(({ line }) => line.startsWith('220 '))).toBe(true);
  expect(commits).toBe(1);
  expect(server.connections()).toBe(2);
});

/**
 * Says how many messages the present server was offered; each of its connections takes one, and hangs up on the next.
 */
async function startForgetful(last: { verb: string; answer: string }) {
  const answers = new Map<Socket, { plain: (line: string) => string | null; taken: number }>();
  const taken: string[] = [];
  const server = closing(
    await startScriptedServer((line, socket) => {
      const own = answers.get(socket) ?? { plain: plainAnswers(), taken: 0 };
      answers.set(socket, own);
      if (own.taken === 1 && line.startsWith(last.verb)) {
        socket.end(`${last.answer}\r\n`);
        return null;
      }
      const said = own.plain(line);
      if (said === '250 2.0.0 taken') {
        own.taken += 1;
        taken.push(line);
      }
      return said;
    }),
  );
  return { server, connections: () => answers.size, taken };
}

test.each([
  { verb: 'MAIL', answer: '421 4.4.1 session lifetime reached, please reconnect' },
  { verb: 'RCPT', answer: '421 4.4.2 idle for too long' },
  { verb: 'DATA', answer: '421 4.3.2 shutting down' },
])('kept connections that end with 421 at $verb cost fresh ones, not the message; it is offered once', async (last) => {
  const { server, connections, taken } = await startForgetful(last);
  const sender = openSender(server.url, { maxConnections: 3 });
  await Promise.all([1, 2, 3].map(() => sender.send(message(), commit))); // three connections, each with one message behind it
  const before = connections();
  let commits = 0;
  const counted = { onCommit: async () => void (commits += 1) };
  const outcomes = await Promise.all([1, 2, 3].map(() => sender.send(message(), counted)));
  expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'accepted', 'accepted']);
  expect(commits).toBe(3);
  expect(taken).toHaveLength(6);
  expect(connections()).toBeGreaterThan(before);
  expect((await sender.send(message(), commit)).kind).toBe('accepted');
});

test('421 on a fresh connection is an answer: it is not asked again at once', async () => {
  const server = closing(await startScriptedServer(plainAnswers({ MAIL: '421 4.3.2 closing' })));
  const outcome = await openSender(server.url).send(message(), commit);
  expect(outcome).toMatchObject({ kind: 'not-sent', code: 'SMTP_BUSY', away: false });
  expect(server.wire.filter((line) => line.startsWith('C: MAIL'))).toHaveLength(1);
});

const encrypted = (url: string) => `${url}?tls=required`;
test.each([
  [
    'STARTTLS offered and put off',
    { EHLO: '250-test\r\n250 STARTTLS', STARTTLS: '454 4.7.0 TLS not available' },
    'SMTP_TLS_REFUSED',
    /STARTTLS/,
  ],
  [
    'STARTTLS taken away',
    { EHLO: '250 test', STARTTLS: '502 no' },
    'SMTP_TLS_MISSING',
    /firewall.*does not offer encryption/,
  ],
  [
    'a server that knows HELO alone',
    { EHLO: '502 no', HELO: '250 test' },
    'SMTP_TLS_MISSING',
    /does not offer encryption/,
  ],
])(
  'encryption that cannot be had is told as that, and as an absence of the server: %s',
  async (_, answers, code, sentence) => {
    const server = closing(await startScriptedServer(plainAnswers(answers)));
    const outcome = await openSender(encrypted(server.url)).send(message(), commit);
    expect(outcome).toMatchObject({ kind: 'not-sent', code, away: true, sentence: expect.stringMatching(sentence) });
  },
);

test('a refused greeting is an absence of the server', async () => {
  const server = closing(await startScriptedServer(plainAnswers(), '421 4.7.0 Too many concurrent SMTP connections'));
  expect(await openSender(server.url).send(message(), commit)).toMatchObject({ kind: 'not-sent', away: true });
});

test('a message queued behind a closed sender is not sent', async () => {
  const server = closing(await startTestServer());
  const sender = openSender(server.url);
  sender.close();
  expect(await sender.send(message(), commit)).toMatchObject({ kind: 'not-sent', code: 'SMTP_SENDER_CLOSED' });
});

test('a line break in a name, subject, address, header or Message-ID is refused before anything is connected', async () => {
  const server = closing(await startTestServer());
  const sender = openSender(server.url);
  const evil = 'x\r\nBcc: thief@example.com';
  const attacks: Partial<MailMessage>[] = [
    { subject: evil },
    { to: { name: evil, address: 'ada@example.com' } },
    { to: { name: '', address: `ada@example.com\r\nRCPT TO:<thief@example.com>` } },
    { to: { name: '', address: 'ada@example.com, thief@example.com' } },
    { from: { name: evil, address: 'shop@example.com' } },
    { headers: { 'X-Note': evil } },
    { headers: { 'X-Note: 1\r\nBcc': 'thief@example.com' } },
    { headers: { Bcc: 'thief@example.com' } },
    { messageId: '<a@b>\r\nBcc: thief@example.com' },
  ];
  for (const attack of attacks) {
    expect(await sender.send(message(attack), commit)).toMatchObject({
      kind: 'rejected',
      code: 'SMTP_MESSAGE_INVALID',
    });
  }
  expect(server.connections()).toBe(0);
});

test('a name with quotes, commas and angle brackets stays a name', async () => {
  const server = closing(await startTestServer());
  const name = 'Eve" <thief@example.com>, Mallory';
  await openSender(server.url).send(message({ to: { name, address: 'ada@example.com' } }), commit);
  const header = /^To: (.*(?:\r\n[ \t].*)*)/m.exec(server.received[0] ?? '')?.[1];
  expect(header).toMatch(/<ada@example\.com>$/);
  expect(header?.replace(/"(?:[^"\\]|\\.)*"/g, '')).not.toContain('thief');
});

test('verify signs in and sends nothing', async () => {
  const server = closing(await startTestServer());
  expect(await openSender(server.url).verify()).toMatchObject({ ok: true });
  expect(server.received).toEqual([]);
});

test('verify explains a closed port', async () => {
  const server = await startTestServer();
  await server.close();
  expect(await openSender(server.url).verify()).toMatchObject({ ok: false, code: 'SMTP_REFUSED' });
});
