import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
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
  // The stand-in is named by prisma.config.ts; here too, for the copies of the tests.
  const PRISMA_SCHEMA_ENGINE_BINARY = path.join(here, 'tools', 'schema-engine.mjs');
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY,
    DATABASE_URL: database.url,
    CHECKPOINT_DISABLE: '1',
    NO_COLOR: '1',
  };
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
  const difference = await prisma(
    'migrate',
    'diff',
    '--from-config-datasource',
    '--to-schema',
    'prisma/schema',
    '--exit-code',
  );
  expect(difference).toContain('No difference');
});

test('with unchanged models prisma migrate dev makes an empty migration, and with an index more only that index', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'windlass-prisma-'));
  try {
    fs.cpSync(path.join(here, 'prisma'), path.join(folder, 'prisma'), { recursive: true });
    const migrations = path.join(folder, 'prisma', 'migrations');
    const config = path.join(folder, 'prisma.config.mjs');
    fs.writeFileSync(
      config,
      `export default { schema: 'prisma/schema', migrations: { path: 'prisma/migrations' }, datasource: { url: process.env.DATABASE_URL } };`,
    );
    const statementsOf = async (name: string) => {
      await prisma('migrate', 'dev', '--create-only', '--name', name, '--config', config);
      const made = path.join(
        migrations,
        fs.readdirSync(migrations).find((entry) => entry.endsWith(`_${name}`))!,
      );
      const sql = fs.readFileSync(path.join(made, 'migration.sql'), 'utf8');
      fs.rmSync(made, { recursive: true });
      return sql.split('\n').filter((line) => line !== '' && !line.startsWith('--'));
    };
    expect(await statementsOf('nothing')).toEqual([]);

    const models = path.join(folder, 'prisma', 'schema', 'main.prisma');
    fs.writeFileSync(
      models,
      fs
        .readFileSync(models, 'utf8')
        .replace(
          '  @@map("shop")',
          '  @@index([name], map: "shop_named", where: raw("(name <> \'\'::text)"))\n  @@map("shop")',
        ),
    );
    expect(await statementsOf('an_index')).toEqual([
      `CREATE INDEX "shop_named" ON "shop"("name") WHERE (name <> ''::text);`,
    ]);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
