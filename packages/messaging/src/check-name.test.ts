import { expect, test } from 'vitest';
import { checkName } from './check-name.ts';

test.each([
  ['Ada', 'Ada'],
  ['  Ada  ', 'Ada'],
  ['Jose\u0301', 'Jos\u00e9'],
  ['\ud83d\udc69\u200d\ud83d\udcbb Ada', '\ud83d\udc69\u200d\ud83d\udcbb Ada'],
  ['\u05d0\u05d1\u05d2', '\u05d0\u05d1\u05d2'],
  ['\ud83d\ude00'.repeat(200), '\ud83d\ude00'.repeat(200)],
])('keeps %j', (input, text) => {
  expect(checkName(input)).toEqual({ ok: true, text });
});

test.each([
  '',
  '   ',
  'a\r\nBcc: b@c.com',
  'a\nb',
  'a\rb',
  'a\tb',
  'a\0b',
  'a\x7fb',
  'a\x85b',
  'a\u2028b',
  '\ud83d',
  'a'.repeat(201),
])('refuses %j', (input) => {
  expect(checkName(input)).toEqual({ ok: false, code: 'PLAIN_LINE', sentence: expect.any(String) });
});
