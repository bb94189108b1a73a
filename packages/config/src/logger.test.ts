import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createLogger } from './logger.ts';

function capture(log: (logger: ReturnType<typeof createLogger>) => void): string {
  let text = '';
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      text += String(chunk);
      done();
    },
  });
  log(createLogger('test', 'info', sink));
  return text;
}

const SECRET = 'planted-secret-4711';

test.each([
  'authorization',
  'cookie',
  'set-cookie',
  'token',
  'password',
  'secret',
  'apiKey',
  'email',
  'phone',
  'recipient',
  'customerName',
])('the value of %s never reaches the log, at any depth we log at', (key) => {
  const text = capture((logger) => {
    logger.info({ [key]: SECRET }, 'top');
    logger.info({ a: { [key]: SECRET } }, 'one down');
    logger.info({ a: { b: { [key]: SECRET } } }, 'two down');
    logger.info({ a: { b: { c: { [key]: SECRET } } } }, 'three down');
  });
  expect(text.split('\n').filter(Boolean)).toHaveLength(4);
  expect(text).not.toContain(SECRET);
});

test('an error is logged by its message and code, not by what a driver hung on it', () => {
  const error = Object.assign(new Error('connection refused'), {
    code: 'ECONNREFUSED',
    connection: { url: SECRET },
    headers: { cookie: SECRET },
  });
  const text = capture((logger) => logger.error({ err: error }, 'failed'));
  expect(text).toContain('connection refused');
  expect(text).toContain('ECONNREFUSED');
  expect(text).not.toContain(SECRET);
});

test('ids and ordinary values are kept', () => {
  expect(capture((logger) => logger.info({ orderId: 'ord_1', ms: 12 }, 'kept'))).toMatch(/"orderId":"ord_1","ms":12/);
});
