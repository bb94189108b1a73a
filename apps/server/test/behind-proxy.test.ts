import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { hasNginx, type Nginx, nginxConfiguration, startNginx } from './setup/start-nginx.ts';
import { openVisitor } from '@windlass/testkit/house/visitor';

let house: House;
let nginx: Nginx | undefined;
const TOKEN = 'T0kenT0kenT0kenT0kenT0kenT0kenT0kenT0kenT0k';

beforeAll(async () => {
  house = await startHouse({ worker: false });
  if (hasNginx()) nginx = await startNginx(house.server.port);
});
afterAll(async () => {
  await nginx?.stop();
  await house.close();
});

test('/metrics is for this machine: not for a request that a proxy passed on, nor for a page that points its name here', async () => {
  const metrics = (headers: Record<string, string>) => openVisitor(() => house.server.url).get('/metrics', headers);
  expect((await metrics({})).status).toBe(200);
  for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via', 'x-forwarded-host'])
    expect((await metrics({ [name]: '127.0.0.1' })).status, name).toBe(404);
});

test('the shipped configuration logs no address, no query and no referrer as they come', () => {
  const formats = nginxConfiguration().match(/log_format[^;]*;/g)!;
  expect(formats.length).toBeGreaterThan(0);
  for (const format of formats)
    expect(format).not.toMatch(/\$(request\b|request_uri|uri|args|query_string|http_referer|document_uri)/);
});

// The links' own form: what is looked for in the logs is what a customer would be sent.
const links = [
  `/d/${TOKEN}`,
  `/a/${TOKEN}`,
  `/api/download/secure/bnd_1?token=${TOKEN}`,
  `/./d/${TOKEN}`,
  `/x?token=${TOKEN}`,
  `/${TOKEN}`,
  `/hooks/x?q=${TOKEN}`,
];

test.skipIf(!hasNginx())(
  'behind the shipped nginx /metrics is nobody’s, and no log of its or ours holds a token, also while no server answers',
  async () => {
    const { url } = nginx!;
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
    expect((await fetch(`${url}//metrics`)).status).toBe(404);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const openAll = () =>
      Promise.all(
        links.map((link) =>
          fetch(url + link, { headers: { referer: `${url}/d/${TOKEN}` } }).then((answer) => answer.text()),
        ),
      ).then(() => undefined);
    await openAll();
    await house.restart(openAll); // 502, which nginx logs as an error
    await until('the log', async () => nginx!.logs().split('\n').length > links.length * 2);
    expect(nginx!.logs()).toMatch(/GET \/d\/\*/);
    expect(nginx!.logs()).toMatch(/ 502 /);
    expect(nginx!.logs()).not.toContain(TOKEN.slice(0, 12));
    expect(house.server.log.text()).not.toContain(TOKEN.slice(0, 12));
  },
);
