import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createLauncher } from './launch.ts';
import { type Program, supervise } from './supervise.ts';

function program(script: string): Program {
  return {
    name: 'toy',
    args: ['--eval', script],
    cwd: import.meta.dirname,
    env: process.env,
    readyWord: 'ready',
    stopWithinMs: 500,
  };
}

test('a program that crashed is started again', async () => {
  const said: string[] = [];
  const launcher = createLauncher((_part, line) => said.push(line));
  const mark = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'windlass-supervise-')), 'crashed');
  const script = `
    const fs = require('node:fs');
    console.log('ready');
    if (!fs.existsSync('${mark}')) { fs.writeFileSync('${mark}', ''); process.exit(3); }
    setInterval(() => {}, 1000);`;
  await supervise(program(script), launcher);
  await expect.poll(() => said.filter((line) => line === 'ready').length).toBeGreaterThan(1);
  expect(said).toContain('ended (3); it starts again in 250 ms');
  launcher.end({ code: 0 });
  await launcher.stopAll();
});

test('exit code 78 ends everything at once, with that code', async () => {
  const launcher = createLauncher(() => {});
  await expect(supervise(program('process.exit(78)'), launcher)).rejects.toThrow();
  const end = await launcher.ended;
  expect(end.code).toBe(78);
  expect(end.sentence).toContain('cannot run as configured');
});

test('a program that does not end when told is ended with all it has started', async () => {
  const printed = Promise.withResolvers<number>();
  const launcher = createLauncher((_part, line) => {
    const [, pid] = /^child (\d+)$/.exec(line) ?? [];
    if (pid) printed.resolve(Number(pid));
  });
  const script = `
    process.on('SIGTERM', () => {});
    const child = require('node:child_process').spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)']);
    console.log('child ' + child.pid);
    console.log('ready');
    setInterval(() => {}, 1000);`;
  await supervise(program(script), launcher);
  const grandchild = await printed.promise;
  launcher.end({ code: 0 });
  await launcher.stopAll();
  await expect.poll(() => isGone(grandchild)).toBe(true);
});

test('a stop while a program gets ready is not waited out', async () => {
  const launcher = createLauncher(() => {});
  const starting = supervise(program('setInterval(() => {}, 1000)'), launcher);
  launcher.end({ code: 0 });
  await expect(starting).rejects.toThrow();
  await launcher.stopAll();
  expect(launcher.stopping.aborted).toBe(true);
});

/** An ended process that nobody reaps stays visible as a zombie (state Z). */
function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return true;
  }
  const status = `/proc/${pid}/stat`;
  return fs.existsSync(status) && / Z /.test(fs.readFileSync(status, 'utf8'));
}
