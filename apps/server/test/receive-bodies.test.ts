import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createBodyReceiver } from '../src/admission/receive-bodies.ts';

/** A body on its way, as far as the receiver looks at it. */
const coming = (headers: Record<string, string> = {}) =>
  Object.assign(new PassThrough(), { headers }) as unknown as IncomingMessage & PassThrough;
const LIMIT = 256 * 1024;

test('a body is received as it was sent, in one piece or byte by byte', async () => {
  const receive = createBodyReceiver();
  const sent = Buffer.from('{"a":1}'.repeat(500));
  for (const size of [1, 7, sent.length]) {
    const incoming = coming();
    const received = receive(incoming, LIMIT);
    for (let from = 0; from < sent.length; from += size) incoming.write(sent.subarray(from, from + size));
    incoming.end();
    expect(await received).toMatchObject({ body: sent });
  }
});

test('more than is announced, or more than may be, is refused as it comes; what is announced as too much before it comes', async () => {
  const receive = createBodyReceiver();
  const understated = coming({ 'content-length': '2' });
  const received = receive(understated, 10);
  understated.write('x'.repeat(11));
  expect(await received).toBe('too-large');
  expect(await receive(coming({ 'content-length': '11' }), 10)).toBe('too-large');
});

test('of more bytes than may be held, the body that has been on its way longest makes room', async () => {
  const receive = createBodyReceiver();
  const many = Array.from({ length: 260 }, () => coming());
  const received = many.map((incoming) => receive(incoming, LIMIT));
  for (const incoming of many) {
    incoming.write(Buffer.alloc(LIMIT));
    await new Promise(setImmediate);
  }
  expect(await Promise.race([received[0], 'still coming'])).toBe('crowded');
  expect(await Promise.race([received.at(-1), 'still coming'])).toBe('still coming');
  many.at(-1)!.end();
  expect(await received.at(-1)).toMatchObject({ body: expect.any(Buffer) });
});

test('what has been worked off is not held any more', async () => {
  const receive = createBodyReceiver();
  for (let i = 0; i < 300; i += 1) {
    const incoming = coming();
    const received = receive(incoming, LIMIT);
    incoming.end(Buffer.alloc(LIMIT));
    const answer = await received;
    expect(typeof answer).toBe('object');
    if (typeof answer === 'object') answer.done();
  }
});
