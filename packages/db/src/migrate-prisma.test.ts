import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from './migrate.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';

// Prisma's own command line judges a database that our migrator made from this package's migrations.

const run = promisify(execFile);
const here = path.join(import.meta.dirname, '..');
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase('template1');
  await migrate(database.url);
});

afterAll(() => database.drop());

async function prisma(...args: string[]): Promise<string> {
  const env = { ...process.env, DATABASE_URL: database.url, CHECKPOINT_DISABLE: '1', NO_COLOR: '1' };
  const { stdout } = await run(path.join(here, 'node_modules', '.bin', 'prisma'), args, { cwd: here, env });
  return stdout;
}

test('prisma migrate status finds nothing to apply', async () => {
  expect(await prisma('migrate', 'status')).toContain('Database schema is up to date');
});

test('prisma migrate deploy finds nothing to apply', async () => {
  expect(await prisma('migrate', 'deploy')).toContain('No pending migrations');
});

test('the migrations make exactly the schema that the models say', async () => {
  const difference = await prisma('migrate', 'diff', '--from-config-datasource', '--to-schema', 'prisma/schema', '--exit-code');
  expect(difference).toContain('No difference');
});
