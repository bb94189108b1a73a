import { fork } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openClient } from './embedded/open-client.ts';
import { type Embedded, type EmbeddedOptions, startEmbedded } from './embedded.ts';

let folder: string;
const started: Embedded[] = [];

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'windlass-embedded-'));
});

afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
  fs.rmSync(folder, { recursive: true });
});

async function start(options: Partial<EmbeddedOptions> = {}): Promise<Embedded> {
  const server = await startEmbedded({ folder, settings: { fsync: 'off' }, ...options });
  started.push(server);
  return server;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = await openClient(url, 'embedded test');
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test("the application owns its database, is no superuser and cannot read the machine's files", async () => {
  const { url } = await start();
  await query(url, 'create table proof (id int)');
  expect(
    await query(
      url,
      `select rolsuper, rolcreatedb, rolcreaterole, current_setting('idle_in_transaction_session_timeout') as idle
    from pg_roles where rolname = current_user`,
    ),
  ).toEqual([{ rolsuper: false, rolcreatedb: true, rolcreaterole: false, idle: '10s' }]);
  await expect(query(url, `select pg_read_file('/etc/passwd')`)).rejects.toThrow(/permission denied/);
  await expect(query(url, `copy proof from program 'echo 1'`)).rejects.toThrow(/permission denied/);
});

test('programs of this machine may come by a unix socket, with the password, and nobody else sees it', async () => {
  const { localUrl, port } = await start();
  expect(await query(localUrl, 'select inet_server_addr() is null as socket')).toEqual([{ socket: true }]);
  expect(fs.statSync(path.join(folder, `.s.PGSQL.${port}`)).mode & 0o777).toBe(0o700);
  const stranger = new URL(localUrl);
  stranger.password = 'guessed';
  await expect(query(stranger.toString(), 'select 1')).rejects.toThrow(/password authentication failed/);
});

test("passwords are for the owner's eyes, and the data is there after a restart", async () => {
  const first = await start();
  expect(fs.statSync(path.join(folder, 'pg.json')).mode & 0o777).toBe(0o600);
  await query(first.url, 'create table kept (id int)');
  await first.stop();
  expect(await first.exited).toContain('(0)');
  const second = await start();
  expect(await query(second.url, 'select * from kept')).toEqual([]);
  expect(second.tookOver).toBe(false);
});

test('a live neighbour in the same folder is refused and unharmed', async () => {
  const first = await start();
  await expect(startEmbedded({ folder })).rejects.toThrow(/in use by another start of Windlass/);
  expect(await query(first.url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('the server a killed launcher left is stopped and started as our own', async () => {
  const launcher = fork(path.join(import.meta.dirname, 'testing', 'start-and-wait.ts'), [folder]);
  const [{ url }] = (await once(launcher, 'message')) as [{ url: string }];
  await query(url, 'create table left_behind (id int)');
  launcher.kill('SIGKILL');
  await once(launcher, 'exit');
  const next = await start();
  expect(next.tookOver).toBe(true);
  expect(await query(next.url, 'select * from left_behind')).toEqual([]);
});

test('a data folder of an older PostgreSQL is refused with the way out', async () => {
  fs.mkdirSync(path.join(folder, 'pg'));
  fs.writeFileSync(path.join(folder, 'pg', 'PG_VERSION'), '15\n');
  await expect(startEmbedded({ folder })).rejects.toThrow(
    /made by PostgreSQL 15 and this build brings PostgreSQL 18: .*pg_dump/,
  );
});

test('a lost password file is said, and no server is left running', async () => {
  const first = await start();
  await first.stop();
  fs.rmSync(path.join(folder, 'pg.json'));
  await expect(startEmbedded({ folder })).rejects.toThrow(/does not accept the password kept beside it/);
  expect(fs.existsSync(path.join(folder, 'pg', 'postmaster.pid'))).toBe(false);
});
