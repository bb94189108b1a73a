import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeEnvironment } from './make-environment.ts';
import { readOptions } from './read-options.ts';

let data: string;
beforeEach(() => void (data = fs.mkdtempSync(path.join(os.tmpdir(), 'windlass-environment-'))));
afterEach(() => fs.rmSync(data, { recursive: true }));

const DATABASE_URL = 'postgresql://127.0.0.1/windlass';
const make = (given: NodeJS.ProcessEnv = {}) =>
  makeEnvironment(readOptions('/', [], { WINDLASS_DATA: data }), given.DATABASE_URL ?? DATABASE_URL, given);
const kept = () => JSON.parse(fs.readFileSync(path.join(data, 'secrets.json'), 'utf8')) as Record<string, string>;

test('a house of the last release gets a seal key once, and keeps its secrets', () => {
  fs.writeFileSync(path.join(data, 'secrets.json'), JSON.stringify({ AUTH_SECRET: 'auth', LINK_SECRET: 'link' }));
  const env = make();
  expect(env).toMatchObject({ AUTH_SECRET: 'auth', LINK_SECRET: 'link' });
  expect(env.SEAL_KEYS).toMatch(/^1:[\w-]{43}$/);
  expect(make().SEAL_KEYS).toBe(env.SEAL_KEYS);
  expect(kept().SEAL_KEYS).toBe(env.SEAL_KEYS);
});

test('keys that are given are used, and an empty variable counts as unset', () => {
  expect(make({ SEAL_KEYS: 'mine:key' }).SEAL_KEYS).toBe('mine:key');
  expect(make({ SEAL_KEYS: '' }).SEAL_KEYS).toMatch(/^1:/);
});

test('no key is made where another machine may share database and secrets, and would make another one', () => {
  expect(make({ DATABASE_URL, AUTH_SECRET: 'theirs' }).SEAL_KEYS).toBeUndefined();
  expect(make({ DATABASE_URL }).SEAL_KEYS).toMatch(/^1:/);
  expect(make({ AUTH_SECRET: 'mine' }).SEAL_KEYS).toMatch(/^1:/);
});
