import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { startServer } from '@windlass/testkit/house/start-server';
import { openVisitor } from '@windlass/testkit/house/visitor';

let house: House;
beforeAll(async () => void (house = await startHouse({ worker: false })));
afterAll(() => house.close());
const nobody = openVisitor(() => house.server.url);

/** What another server of this house answers, told to be known as `publicUrl`. */
async function headersAt(publicUrl: string, hstsSubdomains = false): Promise<Headers> {
  const server = await startServer({ ...house.common, publicUrl, hstsSubdomains });
  try {
    return (await openVisitor(() => server.url).get('/healthz')).headers;
  } finally {
    await server.stop();
  }
}

test('browsers are held to TLS where it is spoken, for names below ours only where that was asked for', async () => {
  expect((await headersAt('http://shop.example')).get('strict-transport-security')).toBeNull();
  expect((await headersAt('https://shop.example')).get('strict-transport-security')).toBe('max-age=15552000');
  expect((await headersAt('https://shop.example', true)).get('strict-transport-security')).toBe(
    'max-age=15552000; includeSubDomains',
  );
});

test('robots.txt keeps robots out, but lets them see that a customer’s page is for no index', async () => {
  const robots = await nobody.get('/robots.txt');
  expect([robots.status, robots.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/plain')]);
  expect(robots.text.split('\n')).toEqual(['User-agent: *', 'Allow: /a/', 'Allow: /d/', 'Disallow: /', '']);
});

test.each([
  '/',
  '/d/x',
  '/d/x/renew',
  '/a/x',
  '/portal/x',
  '/api/portal/artwork/read',
  '/api/download/secure/x?token=y',
  '/pictures/x',
  '/robots.txt',
  '/nothing',
])('%s is for no index', async (address) =>
  expect((await nobody.get(address)).headers.get('x-robots-tag')).toContain('noindex'),
);

// RFC 9116, 2.5
test('security.txt says where a fault can be reported, and until when that holds', async () => {
  const { status, headers, text } = await nobody.get('/.well-known/security.txt');
  expect([status, headers.get('content-type')]).toEqual([200, expect.stringContaining('text/plain')]);
  const fields = Object.fromEntries(
    text
      .trim()
      .split('\n')
      .map((line) => line.split(/: (.*)/, 2) as [string, string]),
  );
  expect(fields.Contact).toMatch(/^mailto:security@/);
  const days = (Date.parse(fields.Expires!) - Date.now()) / 86_400_000;
  expect(days > 30 && days < 365).toBe(true);
});

test('what is answered is for our own pages, unless its route says otherwise', async () => {
  expect((await nobody.get('/healthz')).headers.get('cross-origin-resource-policy')).toBe('same-origin'); // of a picture: artwork-pictures.test.ts
});
