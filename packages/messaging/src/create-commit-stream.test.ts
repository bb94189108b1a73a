import { setTimeout as wait } from 'node:timers/promises';
import { plainAnswers, startScriptedServer } from '@windlass/testkit/start-scripted-server';
import { until } from '@windlass/testkit/until';
import { expect, test } from 'vitest';
import { closing, commit, message, openSender } from '../test/open-sender.ts';
import { startTestServer } from '../test/start-test-server.ts';

const DOT = 'C: .';

test('the commit hook runs once, after the last line of the message is on the wire and before the dot', async () => {
  const server = closing(await startScriptedServer(plainAnswers()));
  const atCommit: string[][] = [];
  const onCommit = async () => {
    // Long enough for an eager reader to have put the message on the wire.
    await wait(80);
    atCommit.push([...server.wire]);
  };
  const outcome = await openSender(server.url).send(message(), { onCommit });
  expect(outcome.kind).toBe('accepted');
  expect(atCommit).toHaveLength(1);
  expect(atCommit[0]).toContain('S: 354 go on');
  expect(atCommit[0]?.some((line) => line.startsWith('C: Subject:'))).toBe(true);
  expect(atCommit[0]).not.toContain(DOT);
  expect(server.wire.slice(atCommit[0]?.length)).toContain(DOT);
});

test('the commit hook also comes before the dot when the server takes pipelined commands', async () => {
  const server = closing(await startScriptedServer(plainAnswers({ EHLO: '250-test\r\n250 PIPELINING' })));
  const atCommit: string[][] = [];
  const outcome = await openSender(server.url).send(message(), {
    onCommit: async () => {
      await wait(80);
      atCommit.push([...server.wire]);
    },
  });
  expect(outcome.kind).toBe('accepted');
  expect(atCommit[0]).toContain('S: 354 go on');
  expect(atCommit[0]).not.toContain(DOT);
});

test('a commit hook that throws sends no dot and hands its error back', async () => {
  const server = closing(await startScriptedServer(plainAnswers()));
  const lost = new Error('lease lost');
  const outcome = await openSender(server.url).send(message(), { onCommit: () => Promise.reject(lost) });
  expect(outcome).toMatchObject({ kind: 'not-sent', retryable: true, code: 'SMTP_COMMIT_REFUSED', cause: lost });
  await wait(50);
  expect(server.wire).not.toContain(DOT);
});

test('a full mail server discards a message whose commit hook threw', async () => {
  const server = closing(await startTestServer());
  await openSender(server.url).send(message(), { onCommit: () => Promise.reject(new Error('no')) });
  await wait(50);
  expect(server.received).toEqual([]);
});

test('a connection that ends while the commit hook runs leaves the message provably unsent', async () => {
  const server = closing(await startTestServer());
  const outcome = await openSender(server.url).send(message(), {
    onCommit: async () => {
      server.cut();
      await wait(100);
    },
  });
  expect(outcome).toMatchObject({ kind: 'not-sent', code: 'SMTP_CUT_IN_DATA' });
  expect(server.received).toEqual([]);
});

test('an abort while the message goes out sends no dot, and the connection is not used again', async () => {
  const server = closing(await startTestServer());
  const stop = new AbortController();
  const sender = openSender(server.url, { maxConnections: 1 });
  const text = 'a line of seventy characters or so, many times over and over\n'.repeat(200_000);
  const sending = sender.send(message({ text, html: '' }), { ...commit, signal: stop.signal });
  await until('it is under way', () => server.bytes() > 0);
  stop.abort();
  expect(await sending).toMatchObject({ kind: 'not-sent', code: 'SMTP_ABORTED' });
  expect((await sender.send(message(), commit)).kind).toBe('accepted');
  expect([server.received.length, server.connections()]).toEqual([1, 2]);
});

test('an abort before the commit sends nothing', async () => {
  const server = closing(await startScriptedServer(plainAnswers({ MAIL: null })));
  const stop = new AbortController();
  const sending = openSender(server.url).send(message(), { ...commit, signal: stop.signal });
  await wait(100);
  stop.abort();
  expect(await sending).toMatchObject({ kind: 'not-sent', code: 'SMTP_ABORTED' });
  expect(server.wire.join('\n')).not.toContain('DATA');
});

test('a signal that is aborted already stops the send before it connects', async () => {
  const server = closing(await startTestServer());
  const outcome = await openSender(server.url).send(message(), { ...commit, signal: AbortSignal.abort() });
  expect(outcome).toMatchObject({ kind: 'not-sent', code: 'SMTP_ABORTED' });
  expect(server.connections()).toBe(0);
});

test('an abort after the commit is ignored', async () => {
  const server = closing(await startTestServer());
  const stop = new AbortController();
  const outcome = await openSender(server.url).send(message(), {
    onCommit: async () => stop.abort(),
    signal: stop.signal,
  });
  expect(outcome.kind).toBe('accepted');
});
