import { expect, test } from 'vitest';
import { checkAddress } from './check-address.ts';

test.each([
  ['ada@example.com', 'ada@example.com'],
  ['  ada@example.com ', 'ada@example.com'],
  ['ada@example.com\u00a0', 'ada@example.com'],
  ['\u200bada@example.com\u200e', 'ada@example.com'],
  ['\ufeff\u00ada\u0064a@example.com\u2003', 'ada@example.com'],
  ['Ada.Lovelace+tag@Example.COM', 'Ada.Lovelace+tag@example.com'],
  ["o'brien@example.co.uk", "o'brien@example.co.uk"],
  ['a@xn--bcher-kva.example', 'a@xn--bcher-kva.example'],
  [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
])('takes %j', (input, address) => {
  expect(checkAddress(input)).toEqual({ ok: true, address });
});

test.each([
  '',
  '   ',
  'ada',
  'ada@',
  '@example.com',
  'ada@localhost',
  'ada@@example.com',
  'a@b.com, c@d.com',
  'a@b.com;c@d.com',
  'a@b.com c@d.com',
  '"x y"@z.com',
  '"x"@z.com',
  'a@b(c).com',
  'Ada <ada@example.com>',
  '<ada@example.com>',
  'mailto:ada@example.com',
  'group: a@b.com;',
  'ada@[127.0.0.1]',
  'ada@127.0.0.1',
  'ada@example..com',
  'ada@.example.com',
  'ada@example.com.',
  'ada@-example.com',
  'ada@exa_mple.com',
  '.ada@example.com',
  'ada.@example.com',
  'a..da@example.com',
  'ada@example.com\r\nBcc: c@d.com',
  'ada@example.com\n',
  'ada\0@example.com',
  'ada\t@example.com',
  'ada@exam\u2028ple.com',
  'ada\\@example.com',
  `${'a'.repeat(65)}@example.com`,
  `${'a'.repeat(60)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(20)}.com`,
  'ada@b\u00fccher.example',
  'ada@\u0435xample.com',
  'ada@example.\uff43om',
  '\u0430da@example.com',
  'ada\u200b@example.com',
])('refuses %j', (input) => {
  expect(checkAddress(input)).toEqual({ ok: false, code: 'ONE_PLAIN_ADDRESS', sentence: expect.stringMatching(/\.$/) });
});

test.each([
  'ada\u200b@example.com',
  'ada@\u00adexample.com',
  'ada@example\u200d.com',
  'ada\u00a0@example.com',
  'ada@example.com\u200c',
])('%j is refused for its invisible character', (input) => {
  expect(checkAddress(input)).toMatchObject({ sentence: expect.stringContaining('an invisible character') });
});

test('a look-alike domain is refused with a sentence that names the danger', () => {
  expect(checkAddress('ada@\u0435xample.com')).toMatchObject({ sentence: expect.stringContaining('imitate') });
});
