import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openClient } from './embedded/open-client.ts';
import { migrate } from './migrate.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';

const MIGRATIONS = path.join(import.meta.dirname, '..', 'prisma', 'migrations');
const SCALING = '20261129100000_minor_units';
let database: TestDatabase;
let before: string;

beforeEach(async () => {
  database = await createTestDatabase('template1');
  before = fs.mkdtempSync(path.join(os.tmpdir(), 'windlass-migrations-'));
  for (const name of fs.readdirSync(MIGRATIONS))
    if (/^\d/.test(name) && name < SCALING)
      fs.cpSync(path.join(MIGRATIONS, name), path.join(before, name), { recursive: true });
});

afterEach(async () => {
  await database.drop();
  fs.rmSync(before, { recursive: true });
});

const SHOP = `insert into shop (id, name, mail_from) values ('shop_1', 'Paper & Signal', 'shop@example.com')`;
const ORDERS = `insert into customer_order (id, shop_id, number, customer_name, customer_email, search_text, currency,
  total_minor, line_count)
  select currency, 'shop_1', row_number() over (), 'Ada', 'ada@example.com', '', currency, 1300, 2
    from unnest($1::text[]) currency`;
const LINES = `insert into order_line (id, order_id, position, sku, title, quantity, unit_minor)
  select o.id || p, o.id, p, 'X', 'X', 1, 600 + 100 * (p - 1) from customer_order o, generate_series(1, 2) p`;
const FILE = `insert into order_import (id, shop_id, file_name, file_hash, size_bytes, encoding, line_count,
  order_count, faulty_orders, fault_count, created_by)
  values ('imp_1', 'shop_1', 'orders.csv', '\\x00', 1, 'UTF-8', 1, 1, 0, 0, 'usr_1')`;
const STAGED = `insert into order_import_row (import_id, position, order_id, reference, line, data)
  select 'imp_1', row_number() over (), 'ord_' || currency, currency, 2,
    jsonb_build_object('currency', currency, 'lines',
      '[{"sku": "X", "unitMinor": 600}, {"sku": "Y", "unitMinor": 700}]'::jsonb) from unnest($1::text[]) currency`;
const AMOUNTS = `select o.currency, o.total_minor::int as total,
  (select json_agg(l.unit_minor order by l.position) from order_line l where l.order_id = o.id) as lines,
    (select json_agg(x->'unitMinor') from order_import_row r, jsonb_array_elements(r.data->'lines') x
      where r.reference = o.currency) as staged,
    (select string_agg(x->>'sku', '') from order_import_row r, jsonb_array_elements(r.data->'lines') x
      where r.reference = o.currency) as skus
  from customer_order o order by o.currency`;

test('amounts of currencies whose minor unit was counted differently are scaled once, in orders, their lines and checked files; no others', async () => {
  await migrate(database.url, before);
  const client = await openClient(database.url, 'minor units test');
  try {
    const currencies = ['EUR', 'HUF', 'IQD', 'JPY', 'KWD'];
    await client.query(SHOP);
    await client.query(ORDERS, [currencies]);
    await client.query(LINES);
    await client.query(FILE);
    await client.query(STAGED, [currencies]);
    await migrate(database.url);
    const scaled = (currency: string, factor: number) => ({
      currency,
      total: 1300 * factor,
      lines: [600 * factor, 700 * factor],
      staged: [600 * factor, 700 * factor],
      skus: 'XY',
    });
    const expected = [scaled('EUR', 1), scaled('HUF', 100), scaled('IQD', 1000), scaled('JPY', 1), scaled('KWD', 1)];
    expect((await client.query(AMOUNTS)).rows).toEqual(expected);
    await migrate(database.url);
    expect((await client.query(AMOUNTS)).rows).toEqual(expected);
  } finally {
    await client.end();
  }
});
