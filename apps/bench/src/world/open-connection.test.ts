import { expect, test } from 'vitest';
import { parseAnswer } from './open-connection.ts';

const bytes = (text: string) => Buffer.from(text);

test('an answer with a length is whole when its last byte is there, and not before', () => {
  const text = 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n{"ä":';
  expect(parseAnswer(bytes(text).subarray(0, -1))).toBeUndefined();
  expect(parseAnswer(bytes(`${text}next`))).toEqual({
    answer: { status: 200, body: '{"ä":' },
    length: Buffer.byteLength(text),
  });
});

test('chunks are put together', () => {
  const text = 'HTTP/1.1 422 No\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\na\r\n0123456789\r\n0\r\n\r\n';
  expect(parseAnswer(bytes(text.slice(0, -1)))).toBeUndefined();
  expect(parseAnswer(bytes(text))).toEqual({ answer: { status: 422, body: 'abc0123456789' }, length: text.length });
});
