import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { canonicalAddress, clientAddress, isBehindUnknownProxy, isNear } from './client-address.ts';

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['203.0.113.9:50123', '203.0.113.9'],
  [' 203.0.113.9 ', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['::FFFF:203.0.113.9', '203.0.113.9'],
  ['::ffff:cb00:7109', '203.0.113.9'],
  ['0:0:0:0:0:ffff:cb00:7109', '203.0.113.9'],
  ['0000:0000:0000:0000:0000:FFFF:CB00:7109', '203.0.113.9'],
  ['[::ffff:cb00:7109]:443', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['[2001:db8:1:2:3:4:5:6]', '2001:db8:1:2::/64'],
  ['[2001:db8:1:2:3:4:5:6]:8443', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::1:0:0:9', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['[fe80::1%25eth0]:80', 'fe80:0:0:0::/64'],
])('%s is counted as %s', (address, canonical) => expect(canonicalAddress(address)).toBe(canonical));

test.each([
  '',
  'unknown',
  '_hidden',
  '1.2.3',
  '1.2.3.4.5',
  '999.1.1.1',
  '::ffff:1.2.3',
  ':::',
  '[::1',
  'x'.repeat(100_000),
  '\u0000',
  '1.2.3.4\r\nx: y',
  '::1:',
])('%j is no address, and no key of its own', (text) => expect(canonicalAddress(text)).toBe('unknown'));

/**
 * What a request of a peer with these headers is counted as, and whether it seems to come through a proxy nobody told
 * us of.
 */
async function seen(peer: string, headers: Record<string, string>, trustProxy: boolean) {
  const app = new Hono().get('/', (c) =>
    c.json([clientAddress(c, trustProxy) ?? null, isBehindUnknownProxy(c, trustProxy)]),
  );
  const answer = await app.request(
    '/',
    { headers },
    { incoming: { socket: { remoteAddress: peer, remotePort: 1, remoteFamily: 'IPv4' } } },
  );
  return answer.json() as Promise<[string | null, boolean]>;
}

test.each([
  ['a visitor without a proxy', '203.0.113.9', {}, false, ['203.0.113.9', false]],
  [
    'a stranger with a header of their own',
    '203.0.113.9',
    { 'x-forwarded-for': '198.51.100.1' },
    false,
    ['203.0.113.9', false],
  ],
  [
    'a stranger with another such header',
    '203.0.113.9',
    { forwarded: 'for=198.51.100.1' },
    false,
    ['203.0.113.9', false],
  ],
  ['anybody behind a proxy nobody told us of', '127.0.0.1', { 'x-forwarded-for': '198.51.100.1' }, false, [null, true]],
  ['the same on another machine', '::ffff:10.0.0.7', { 'x-real-ip': '198.51.100.1' }, false, [null, true]],
  ['somebody at this machine', '::1', {}, false, ['0:0:0:0::/64', false]],
  [
    'a visitor behind our own proxy',
    '127.0.0.1',
    { 'x-forwarded-for': '6.6.6.6, 198.51.100.1' },
    true,
    ['198.51.100.1', false],
  ],
  ['a proxy that writes no address', '10.0.0.7', { 'x-forwarded-for': 'x'.repeat(5_000) }, true, ['10.0.0.7', false]],
] as const)('%s', async (_who, peer, headers, trustProxy, expected) =>
  expect(await seen(peer, headers, trustProxy)).toEqual(expected),
);

test.each([
  ['127.8.8.8', true],
  ['::ffff:7f00:1', true],
  ['172.31.255.255', true],
  ['172.32.0.1', false],
  ['fd12::1', true],
  ['fe80::1%eth0', true],
  ['2001:db8::1', false],
  ['8.8.8.8', false],
  ['nobody', false],
])('%s stands near: %s', (address, expected) => expect(isNear(address)).toBe(expected));
