import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openDatabase } from '@windlass/db/open-database';
import { migrate } from '@windlass/db/migrate';
import type { Sql } from '@windlass/db/sql';
import { createTestDatabase, type TestDatabase } from '@windlass/db/testing';

const folder = path.join(import.meta.dirname, '..', 'last-release');
const MIGRATIONS = path.join(import.meta.dirname, '..', '..', '..', '..', 'packages', 'db', 'prisma', 'migrations');
/** The last migration of that release. */
const LAST = '20261123100200_drop_order_email';

type Dump = Record<string, object[]>;
const dump = JSON.parse(gunzipSync(fs.readFileSync(path.join(folder, 'dump.json.gz'))).toString()) as Dump;

/** Which table needs which: parents first. */
const PARENTS = `select distinct c.conrelid::regclass::text as child, c.confrelid::regclass::text as parent
  from pg_constraint c where c.contype = 'f' and c.conrelid <> c.confrelid`;
/** `xid` is the writing transaction’s, of this cluster: readers ask for it. */
const COLUMNS = `select string_agg(quote_ident(column_name), ', ' order by ordinal_position) as names
  from information_schema.columns where table_schema = 'public' and table_name = $1 and column_name <> 'xid' and is_generated = 'NEVER'`;
const COUNTERS = `select setval(pg_get_serial_sequence('event', 'seq'), (select max(seq) from event))`;
/** As if the house had stood still a moment, not until this test was run. */
const LIVE_ON = [
  `update download_link set expires_at = now() + interval '1 day'`,
  `update artwork_link set expires_at = now() + interval '30 days'`,
  `update artwork_upload set created_at = now()`,
  `update order_import set created_at = now() where state = 'importing'`,
];

/**
 * The database of a shop that ran on the last release, brought up to this one. How it was made: last-release/README.md.
 */
export async function loadLastRelease(): Promise<TestDatabase> {
  const own = await createTestDatabase('template1');
  const before = fs.mkdtempSync(path.join(os.tmpdir(), 'windlass-last-release-'));
  try {
    for (const name of fs.readdirSync(MIGRATIONS))
      if (/^\d/.test(name) && name <= LAST)
        fs.cpSync(path.join(MIGRATIONS, name), path.join(before, name), { recursive: true });
    await migrate(own.url, before);
    const database = openDatabase({
      url: own.url,
      poolSize: 1,
      applicationName: 'windlass test',
      report: (error) => console.error(error.message),
    });
    for (const table of await inOrder(database.sql)) {
      const { names } = (await database.sql.row<{ names: string }>('columns', COLUMNS, [table]))!;
      const text = `insert into "${table}" (${names}) select ${names}
        from json_populate_recordset(null::"${table}", $1::json)`;
      await database.sql.rows(`load-${table}`, text, [JSON.stringify(dump[table])]);
    }
    await database.sql.rows('counters', COUNTERS);
    for (const [i, text] of LIVE_ON.entries()) await database.sql.rows(`live-on-${i}`, text);
    await database.close();
    await migrate(own.url);
    return own;
  } finally {
    fs.rmSync(before, { recursive: true });
  }
}

async function inOrder(sql: Sql): Promise<string[]> {
  const needs = await sql.rows<{ child: string; parent: string }>('parents', PARENTS);
  const left = new Set(Object.keys(dump));
  const order: string[] = [];
  while (left.size > 0) {
    const ready = [...left].filter((table) => !needs.some(({ child, parent }) => child === table && left.has(parent)));
    if (ready.length === 0) throw new Error(`tables that need one another: ${[...left].join(', ')}`);
    for (const table of ready) left.delete(table);
    order.push(...ready);
  }
  return order;
}
