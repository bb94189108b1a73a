import { expect, test } from 'vitest';
import { type Arrival, isLocalRequest, isLoopbackAddress, isLoopbackName } from './loopback.ts';

test.each([
  '127.0.0.1',
  '127.0.0.1:4000',
  'localhost',
  'LOCALHOST:80',
  'localhost.',
  '[::1]',
  '[::1]:4000',
  '::1',
  '127.8.9.1',
])('%s names this machine', (host) => expect(isLoopbackName(host)).toBe(true));
test.each([
  '',
  '0.0.0.0',
  'example.com',
  '127.0.0.1.example.com',
  'localhost.example.com',
  '127.example.com',
  '10.0.0.1',
  '[::]',
  '128.0.0.1',
  '127.0.0.1@example.com',
  'shop.localhost.evil',
])('%s does not', (host) => expect(isLoopbackName(host)).toBe(false));
test.each([
  ['127.0.0.1', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['10.1.2.3', false],
  ['::ffff:10.1.2.3', false],
  ['', false],
  ['fe80::1', false],
])('the address %s: %s', (address, loopback) => expect(isLoopbackAddress(address)).toBe(loopback));

const local: Arrival = { peer: '127.0.0.1', headers: { host: '127.0.0.1:4000' } };
test('a request from this machine, in its name, is local', () => expect(isLocalRequest(local)).toBe(true));
test.each<[string, Arrival]>([
  ['from elsewhere', { ...local, peer: '203.0.113.9' }],
  ['of a page that points its own name here', { ...local, headers: { host: 'evil.example:4000' } }],
  ['without a host', { ...local, headers: {} }],
  ['without a peer', { ...local, peer: undefined }],
  ...['x-forwarded-for', 'x-forwarded-proto', 'forwarded', 'via', 'x-real-ip', 'cf-connecting-ip'].map(
    (name) =>
      [`that a proxy passed on, by its ${name}`, { ...local, headers: { ...local.headers, [name]: '127.0.0.1' } }] as [
        string,
        Arrival,
      ],
  ),
])('a request %s is not', (_what, arrival) => expect(isLocalRequest(arrival)).toBe(false));
