import { expect, test } from 'vitest';
import { parseSmtpUrl } from './parse-smtp-url.ts';

test('a password never goes in clear to another machine unless that is asked for', () => {
  expect(parseSmtpUrl('smtp://u:p@mail.example.com:587').requireTLS).toBe(true);
  expect(parseSmtpUrl('smtp://u:p@mail.example.com:587?tls=off').requireTLS).toBe(false);
  expect(parseSmtpUrl('smtp://u:p@127.0.0.1:25').requireTLS).toBe(false);
  expect(parseSmtpUrl('smtp://u:p@127.evil.example').requireTLS).toBe(true);
  expect(parseSmtpUrl('smtp://mail.example.com').requireTLS).toBe(false);
  expect(parseSmtpUrl('smtps://u:p@mail.example.com')).toMatchObject({ secure: true, port: 465, requireTLS: false });
});

test('user name and password are percent-decoded', () => {
  expect(parseSmtpUrl('smtp://shop%40example.com:p%2Fw%3A@127.0.0.1').auth).toEqual({
    user: 'shop@example.com',
    pass: 'p/w:',
  });
});

test('nothing but host, sign-in and TLS can be set through the URL', () => {
  expect(Object.keys(parseSmtpUrl('smtp://127.0.0.1:25?debug=true&logger=true&proxy=http://x')).toSorted()).toEqual([
    'host',
    'ignoreTLS',
    'port',
    'requireTLS',
    'secure',
  ]);
});

test.each(['', 'mail.example.com', 'http://mail.example.com', 'smtp://', 'smtp://host?tls=maybe'])(
  'refuses %j at once',
  (url) => {
    expect(() => parseSmtpUrl(url)).toThrow(/SMTP_URL/);
  },
);
