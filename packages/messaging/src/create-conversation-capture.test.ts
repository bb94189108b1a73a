import { plainAnswers, startScriptedServer } from '@windlass/testkit/start-scripted-server';
import { expect, test } from 'vitest';
import { closing, commit, message, openSender } from '../test/open-sender.ts';
import { startTestServer } from '../test/start-test-server.ts';

test('a refused sign-in has its own code, may be retried, and leaks no secret into the conversation', async () => {
  const server = closing(
    await startTestServer({
      onAuth: (_auth, _session, done) => done(null, { message: 'wrong password', responseCode: 535 }),
    }),
  );
  const url = server.url.replace('smtp://', 'smtp://mail-user:s3cret-pass@');
  const outcome = await openSender(url).send(message(), commit);
  expect(outcome).toMatchObject({ kind: 'not-sent', code: 'SMTP_AUTH', smtpCode: 535 });
  expectNoSecret(outcome);
});

for (const method of ['PLAIN', 'LOGIN', 'CRAM-MD5']) {
  test(`a conversation with AUTH ${method} holds neither user name nor password, in clear or in base64`, async () => {
    const server = closing(
      await startTestServer({
        authMethods: [method],
        onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'user' }),
      }),
    );
    const outcome = await openSender(server.url.replace('smtp://', 'smtp://mail-user:s3cret-pass@')).send(
      message(),
      commit,
    );
    expect(outcome.kind).toBe('accepted');
    expect(outcome.conversation.some(({ line }) => line.startsWith(`AUTH ${method}`))).toBe(true);
    expectNoSecret(outcome);
  });
}

function expectNoSecret(outcome: { conversation: { line: string }[] }): void {
  for (const { line } of outcome.conversation) {
    const decoded = line
      .split(' ')
      .map((word) => Buffer.from(word, 'base64').toString('latin1'))
      .join(' ');
    expect(`${line} ${decoded}`).not.toMatch(/s3cret-pass|mail-user/);
  }
}

test('the conversation shows both sides in order and never the body', async () => {
  const server = closing(await startTestServer());
  const outcome = await openSender(server.url).send(message({ text: 'the-private-link' }), commit);
  const lines = outcome.conversation.map(({ who, line }) => `${who} ${line}`);
  expect(lines[0]).toMatch(/^server 220 /);
  expect(lines).toContain('client RCPT TO:<ada@example.com>');
  const position = (start: string) => lines.findIndex((line) => line.startsWith(start));
  expect(position('server 354')).toBeLessThan(position('client (message of'));
  expect(lines.at(-1)).toMatch(/^server 250 /);
  expect(lines.join('\n')).not.toContain('the-private-link');
});

test('the conversation keeps at most 60 lines of a talkative server', async () => {
  const many = Array.from({ length: 100 }, (_, i) => `250-EXT${i}`).join('\r\n');
  const server = closing(
    await startScriptedServer(plainAnswers({ EHLO: `${many}\r\n250 LAST`, '.': '451 4.3.0 full' })),
  );
  const outcome = await openSender(server.url).send(message(), commit);
  expect(outcome.conversation).toHaveLength(60);
  expect(outcome.conversation[0]?.line).toBe('220 test');
  expect(outcome.conversation.at(-1)?.line).toBe('451 4.3.0 full');
});

test('conversations of parallel sends do not mix', async () => {
  const server = closing(await startTestServer());
  const sender = openSender(server.url, { maxConnections: 4 });
  const names = Array.from({ length: 20 }, (_, i) => `person${i}@example.com`);
  const outcomes = await Promise.all(
    names.map((address) => sender.send(message({ to: { name: '', address } }), commit)),
  );
  for (const [i, outcome] of outcomes.entries()) {
    const recipients = outcome.conversation.filter(({ line }) => line.startsWith('RCPT')).map(({ line }) => line);
    expect(recipients).toEqual([`RCPT TO:<${names[i]}>`]);
  }
  expect(server.connections()).toBeLessThanOrEqual(4);
});
