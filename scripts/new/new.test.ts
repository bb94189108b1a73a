import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyHouse } from './copy-house.ts';
import { REGISTERED_IN } from './registration.ts';

// A capability is one folder, one Prisma file with its migration, and a line in six files: made, run and taken out
// again in a copy of the house.

const root = path.join(import.meta.dirname, '..', '..');
const NAME = 'parcels';
const OWN = [
  `packages/capabilities/${NAME}/`,
  `packages/db/prisma/schema/${NAME}.prisma`,
  'packages/db/prisma/migrations/',
];
let copy: string;
let before: Map<string, string>;
let added: Map<string, string>;

beforeAll(async () => {
  copy = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'windlass-new-')));
  copyHouse(root, copy);
  before = readFiles();
  await run('node', ['scripts/new/new.ts', NAME]);
  added = readFiles();
}, 60_000);
afterAll(() => fs.rmSync(copy, { recursive: true, force: true }));

const bin = (name: string) => path.join(root, 'node_modules', '.bin', name);
const exec = promisify(execFile);

/** In the copy; what it printed, also where it failed. */
async function run(file: string, args: string[], folder = ''): Promise<string> {
  try {
    const env = { ...process.env, PATH: `${path.dirname(process.execPath)}:${process.env.PATH}` };
    return (await exec(file, args, { cwd: path.join(copy, folder), env, maxBuffer: 2 ** 26 })).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${path.basename(file)} ${args.join(' ')} in ${folder || '.'}:\n${stdout}\n${stderr}`);
  }
}

/** Every file of the house by what is in it. */
function readFiles(): Map<string, string> {
  const files = fs.globSync('{*,{apps,packages,scripts,docs,deploy}/**/*}', {
    cwd: copy,
    withFileTypes: true,
    exclude: (entry) => entry.name === 'node_modules',
  });
  return new Map(
    files
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [path.relative(copy, file), createHash('sha256').update(fs.readFileSync(file)).digest('hex')]),
  );
}

test('outside its own folder and its Prisma file six files change, by a line or two', () => {
  const changed = [...added].filter(([file, hash]) => before.get(file) !== hash).map(([file]) => file);
  const outside = changed.filter((file) => !OWN.some((own) => file.startsWith(own)));
  expect(outside.toSorted()).toEqual([...REGISTERED_IN].toSorted());
  expect([...before.keys()].filter((file) => !added.has(file))).toEqual([]);
});

// The first of them is server and worker as well: its tests run in both.
test.each(['packages/capabilities', 'apps/admin', 'apps/portal', 'apps/sandbox'])(
  '%s compiles with it',
  async (folder) => {
    await run(bin('tsc'), ['--noEmit'], folder);
  },
);

test('it is laid out and written as everything else is', async () => {
  await run(bin('oxfmt'), ['--check', `packages/capabilities/${NAME}`, ...REGISTERED_IN]);
  await run(bin('oxlint'), ['--deny-warnings', `packages/capabilities/${NAME}`, ...REGISTERED_IN]);
});

test('its own test passes, it stands within the walls, and its migration makes what its model says', async () => {
  const files = [`packages/capabilities/${NAME}`, 'scripts/check/capability-walls', 'scripts/check/table-writers'];
  const report = path.join(copy, 'report.json');
  files.push('packages/db/src/migrate-prisma');
  await run(bin('vitest'), ['run', ...files, '--reporter=json', '--outputFile', report]);
  const { numPassedTests, numFailedTests } = JSON.parse(fs.readFileSync(report, 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
  };
  fs.rmSync(report);
  expect(numFailedTests).toBe(0);
  expect(numPassedTests).toBeGreaterThan(15);
});

test('taken out again, the house is what it was', async () => {
  await run('node', ['scripts/new/new.ts', NAME, '--remove']);
  expect(readFiles()).toEqual(before);
});
