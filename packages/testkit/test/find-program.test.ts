import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findProgram } from '../src/find-program.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'windlass-find-program-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
const place = (name: string) => path.join(folder, name);
const write = (name: string, mode: number) => {
  fs.mkdirSync(place(name));
  fs.writeFileSync(path.join(place(name), 'redis-server'), '#!/bin/sh\n', { mode });
};

test('redis-server is found past folders that are not there, are not readable, or hold only its name', () => {
  write('closed', 0o755);
  fs.chmodSync(place('closed'), 0o000);
  write('no-program', 0o644);
  fs.mkdirSync(path.join(place('a-folder'), 'redis-server'), { recursive: true });
  write('right', 0o755);
  const before = [place('nowhere'), place('no-program'), place('a-folder')];
  // Root may read everything.
  if (process.getuid?.() !== 0) before.unshift(place('closed'));
  expect(findProgram('redis-server', [...before, place('right')])).toBe(path.join(place('right'), 'redis-server'));
  expect(findProgram('redis-server', before)).toBeUndefined();
  fs.chmodSync(place('closed'), 0o755);
});
