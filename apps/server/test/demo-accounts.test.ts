import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkPassword } from '@windlass/auth/passwords';
import { type Database, openDatabase } from '@windlass/db/open-database';
import { createTestDatabase } from '@windlass/db/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEMO_PASSWORD, demoPeople, isOnlyHere } from '../src/demo/demo-people.ts';
import { seedShop } from '../src/seed/seed-shop.ts';
import { AUTH_SECRET, LINK_SECRET } from '@windlass/testkit/house/settings';

let own: Awaited<ReturnType<typeof createTestDatabase>>;
let database: Database;
let folder: string;
beforeEach(async () => {
  own = await createTestDatabase();
  database = openDatabase({
    url: own.url,
    poolSize: 1,
    applicationName: 'demo test',
    report: (error) => console.error(error),
  });
  folder = mkdtempSync(path.join(os.tmpdir(), 'windlass-demo-test-'));
});
afterEach(async () => {
  await database.close();
  await own.drop();
  rmSync(folder, { recursive: true });
});

/** The seed, as `npm start` runs it. Answers what it says. */
async function seed(env: Record<string, string>): Promise<string> {
  const program = spawn(process.execPath, [path.join(import.meta.dirname, '../src/seed.ts')], {
    env: {
      ...process.env,
      DATABASE_URL: own.url,
      STORAGE_URL: pathToFileURL(folder).href,
      PUBLIC_URL: 'http://127.0.0.1:4000',
      AUTH_SECRET,
      LINK_SECRET,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  program.stdout.on('data', (text: Buffer) => (said += text.toString()));
  const [code] = (await once(program, 'close')) as [number];
  expect(code).toBe(0);
  return said;
}

const mayEnter = async (email: string, password: string): Promise<boolean> => {
  const { hash } = (await database.sql.row<{ hash: string }>(
    'hash-of',
    `select password as hash from account a join app_user u on u.id = a.user_id where email = $1`,
    [email],
  ))!;
  return checkPassword({ lane: 'known', from: email }, hash, password);
};
/** Of the demo's people, how many may enter with the password that everybody knows. */
async function openToAll(): Promise<number> {
  let open = 0;
  for (const { email } of demoPeople) if (await mayEnter(email, DEMO_PASSWORD)) open += 1;
  return open;
}

test.each([
  [{ HOST: '127.0.0.1', PUBLIC_URL: 'http://127.0.0.1:4000' }, true],
  [{ HOST: 'localhost', PUBLIC_URL: 'http://localhost:4000' }, true],
  [{ HOST: '::1', PUBLIC_URL: 'http://[::1]:4000' }, true],
  [{ HOST: '0.0.0.0', PUBLIC_URL: 'http://127.0.0.1:4000' }, false],
  [{ HOST: '::', PUBLIC_URL: 'http://127.0.0.1:4000' }, false],
  [{ HOST: '10.0.0.5', PUBLIC_URL: 'http://127.0.0.1:4000' }, false],
  [{ HOST: '127.0.0.1', PUBLIC_URL: 'https://shop.example' }, false],
])('%j is reached from this machine alone: %s', (env, only) => expect(isOnlyHere(env)).toBe(only));

test('a house that others can reach gets no demo people', async () => {
  const said = await seed({ HOST: '0.0.0.0' });
  expect(said).toMatch(/Sign in as admin@windlass\.test with password (?!windlass-demo)\S+ \(shown once/);
  expect(await database.sql.rows('people', 'select email from app_user')).toEqual([{ email: 'admin@windlass.test' }]);
});

test('a demo that is opened to others loses its known passwords and its sessions, and says the new one once', async () => {
  await seedShop(database, { name: 'Paper & Signal', people: demoPeople });
  expect(await seed({ HOST: '127.0.0.1' })).toContain(DEMO_PASSWORD);
  expect(await openToAll()).toBe(demoPeople.length);
  await database.sql.rows(
    'open-sessions',
    `insert into session (id, token, user_id, expires_at, updated_at) select id, id, id, now() + interval '1 day', now()
      from app_user`,
  );

  const said = await seed({ HOST: '127.0.0.1', PUBLIC_URL: 'https://shop.example' });
  const password = /Sign in as demo@windlass\.test with password (\S+) \(shown once/.exec(said)?.[1];
  expect(await database.sql.rows('sessions', 'select 1 from session')).toEqual([]);
  expect(await openToAll()).toBe(0);
  expect(await mayEnter('demo@windlass.test', password!)).toBe(true);
  expect(await seed({ PUBLIC_URL: 'https://shop.example' })).not.toMatch(/password/);
});
