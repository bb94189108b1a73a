import { setTimeout as wait } from 'node:timers/promises';
import { plainAnswers, startScriptedServer } from '@windlass/testkit/start-scripted-server';
import { expect, test } from 'vitest';
import { closing, commit, message, openSender } from '../test/open-sender.ts';
import { startTestServer } from '../test/start-test-server.ts';

test('the commit hook runs once, after 354 is on the wire and before any byte of the message', async () => {
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
  expect(atCommit[0]?.at(-1)).toBe('S: 354 go on');
  expect(server.wire.slice(atCommit[0]?.length)[0]).toMatch(
    /^C: (From|To|Subject|Message-ID|Date|MIME-Version|Content-Type)/,
  );
});

test('the commit hook also comes before the first byte when the server takes pipelined commands', async () => {
  const server = closing(await startScriptedServer(plainAnswers({ EHLO: '250-test\r\n250 PIPELINING' })));
  const atCommit: string[][] = [];
  const outcome = await openSender(server.url).send(message(), {
    onCommit: async () => {
      await wait(80);
      atCommit.push([...server.wire]);
    },
  });
  expect(outcome.kind).toBe('accepted');
  expect(atCommit[0]?.at(-1)).toBe('S: 354 go on');
});

test('a commit hook that throws sends nothing and hands its error back', async () => {
  const server = closing(await startScriptedServer(plainAnswers()));
  const lost = new Error('lease lost');
  const outcome = await openSender(server.url).send(message(), { onCommit: () => Promise.reject(lost) });
  expect(outcome).toMatchObject({ kind: 'not-sent', retryable: true, code: 'SMTP_COMMIT_REFUSED', cause: lost });
  await wait(50);
  expect(server.wire.at(-1)).toBe('S: 354 go on');
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
