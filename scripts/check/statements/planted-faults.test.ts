import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkStatements } from './check-statements.ts';
import { findStatements, type Found } from './find-statements.ts';
import { openProgram } from './open-program.ts';
import { openTestClient, type TestClient } from './open-test-client.ts';

const root = path.join(import.meta.dirname, '..', '..', '..');

/** Each call, and what is said of it; none: it is right. */
const PLANTED: readonly [what: string, call: string, fault?: RegExp][] = [
  [
    'a right one',
    `sql.row<{ id: string; reference: string | null; placedAt: Date; total: string; lines: number }>('n', \`select id, reference, placed_at as "placedAt", total_minor as total, line_count as lines from customer_order where number = $1\`, [7])`,
  ],
  [
    'a column of another name',
    `sql.rows<{ id: string; orderId: string }>('n', 'select id from customer_order')`,
    /the row has "orderId", and the text answers id\. Select it as "orderId"/,
  ],
  [
    'a column nobody reads',
    `sql.rows<{ id: string }>('n', 'select id, number from customer_order')`,
    /answers "number", which the row does not have\. Add `number: number`/,
  ],
  [
    'a time taken for a text',
    `sql.rows<{ at: string }>('n', 'select placed_at as at from customer_order')`,
    /"at" is timestamp with time zone, and the row says string\. Write `at: Date`/,
  ],
  [
    'a count taken for a number',
    `sql.row<{ count: number }>('n', 'select count(*) as count from customer_order')`,
    /"count" is bigint, and the row says number\. Write `count: string`/,
  ],
  [
    'a list of another kind',
    `sql.row<{ ids: number[] }>('n', 'select array_agg(id) as ids from customer_order')`,
    /"ids" is text\[\], and the row says number\[\]\. Write `ids: string\[\]`/,
  ],
  [
    'an enum with a label left out',
    `sql.rows<{ status: 'waiting' | 'approved' }>('n', 'select status from customer_order')`,
    /Write `status: 'waiting' \| 'approved' \| 'rejected' \| 'cancelled'`/,
  ],
  [
    'a list of an enum, which the driver does not read',
    `sql.rows<{ states: string[] }>('n', 'select array_agg(status) as states from customer_order')`,
    /"states" is order_status\[\], and the row says string\[\]\. Write `states: string`/,
  ],
  [
    'a column that can be null',
    `sql.rows<{ reference: string }>('n', 'select reference from customer_order')`,
    /"reference" can be null, and the row says string\. Write `reference: string \| null`/,
  ],
  [
    'a column that an outer join leaves out',
    `sql.rows<{ name: string }>('n', 'select b.name from order_line l left join bundle b on b.id = l.bundle_id')`,
    /"name" can be null/,
  ],
  [
    'one that an outer join compares',
    `sql.rows<{ sku: string }>('n', 'select b.sku from order_line l left join bundle b on b.sku = l.sku')`,
    /"sku" can be null/,
  ],
  [
    'one that is compared with what need not be there',
    `sql.rows<{ bundleId: string }>('n', 'select l.bundle_id as "bundleId" from order_line l left join bundle b on b.id = l.bundle_id')`,
    /"bundleId" can be null/,
  ],
  [
    'one that a subquery compares',
    `sql.rows<{ reference: string; found: boolean }>('n', 'select o.reference, (select true from bundle b where b.sku = o.reference limit 1) as found from customer_order o')`,
    /"reference" can be null/,
  ],
  [
    'one that a condition holds of',
    `sql.rows<{ reference: string }>('n', 'select reference from customer_order where reference = $1', ['x'])`,
  ],
  [
    'a text made of what can be null',
    `sql.rows<{ at: string }>('n', \`select to_char(approved_at at time zone 'utc', 'YYYY') as at from customer_order\`)`,
    /"at" can be null/,
  ],
  [
    'a CASE without an ELSE',
    `sql.rows<{ note: string }>('n', \`select case when version > 1 then customer_name end as note from customer_order\`)`,
    /"note" can be null/,
  ],
  [
    'a parameter too many',
    `sql.rows('n', 'delete from session where id = $1', ['a', 'b'])`,
    /takes 1 parameters and is given 2/,
  ],
  ['a parameter too few', `sql.rows('n', 'delete from session where id = $1')`, /takes 1 parameters and is given 0/],
  [
    'a parameter of another type',
    `sql.rows('n', 'delete from customer_order where number = $1', ['a'])`,
    /\$1 is integer and is given "a"\. Give it number/,
  ],
  [
    'a list for json, which would become an array',
    `sql.rows('n', 'update event set data = $1', [['a']])`,
    /\$1 is jsonb and is given string\[\]\. Give it string or object/,
  ],
  [
    'a label that the enum does not have',
    `sql.rows('n', 'select id from customer_order where status = $1', ['open'])`,
    /which has no "open"\. Give it one of waiting, approved/,
  ],
  [
    'a text that PostgreSQL refuses',
    `sql.rows('n', 'select id from orders')`,
    /PostgreSQL refuses it: relation "orders" does not exist/,
  ],
  [
    'a row that its function answers',
    `async (): Promise<{ id: number }[]> => sql.rows('n', 'select id from customer_order')`,
    /"id" is text, and the row says number/,
  ],
  [
    'a text put together of constants and functions',
    `sql.rows<{ id: number }>('n', \`select \${columns('o')} from customer_order o\`)`,
    /"id" is text/,
  ],
  [
    'a text chosen by a condition',
    `sql.rows<{ id: number }>(yes ? 'n' : 'm', yes ? 'select 1 as id' : 'select id from customer_order')`,
    /^m .*"id" is text/,
  ],
  [
    'a condition chosen at run time',
    `sql.rows<{ id: number }>('n', \`select o.id from customer_order o where \${where} limit $2\`, [])`,
    /"id" is text/,
  ],
];

let database: TestClient;
let found: readonly Found[];
beforeAll(async () => {
  database = await openTestClient();
  const texts = PLANTED.map(([, call], i) => [
    `packages/queue/src/planted-${i}.ts`,
    `import type { Sql } from '@windlass/db/sql';
     const COLUMNS = ['id'] as const;
     const columns = (of: string) => COLUMNS.map((one) => \`\${of}.\${one}\`).join(', ');
     export const planted = (sql: Sql, yes: boolean, where: string) => [columns, yes, where, ${call}];`,
  ]);
  const files = texts.map(([file]) => file!);
  const program = await openProgram(root, files, Object.fromEntries(texts));
  found = files.map((file) => findStatements(program, [file]));
  program.close();
});
afterAll(() => database?.close());

test.each(PLANTED.map(([what, , fault], i) => ({ what, fault, i })))('$what', async ({ fault, i }) => {
  expect(found[i]!.unread).toEqual([]);
  expect(found[i]!.statements).not.toEqual([]);
  expect(await checkStatements(database.client, found[i]!.statements)).toEqual(
    fault ? [expect.stringMatching(fault)] : [],
  );
});
