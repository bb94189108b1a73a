import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { newId } from '@windlass/db/ids';
import { type Database, openDatabase } from '@windlass/db/open-database';
import { demoPeople } from '@windlass/server/demo/demo-people';
import { seedOrders } from '@windlass/capabilities/orders/seed-orders';
import { seedShop } from '@windlass/server/seed/seed-shop';
import { DATA } from './env.ts';
import { customerDomain, peopleDomain, storyName } from './story.ts';

const KNOWN = 'select id from shop where mail_from = $1';
const BUNDLES = `select sku from bundle where shop_id = (select id from shop order by created_at limit 1)`;
const COPY = `insert into bundle (id, shop_id, sku, name, object_key, file_name, size_bytes, sha256, contents)
  select $1, $2, sku, name, object_key, file_name, size_bytes, sha256, contents from bundle
  where shop_id = (select id from shop order by created_at limit 1) and sku = $3`;

const opened = new Map<string, Promise<void>>();

/**
 * Makes the running story's shop, once: a person for each role (demo, operator, viewer), forty orders that wait, and
 * the demo shop's bundles, whose files they share. A Playwright worker that takes over after a failure finds it.
 */
export function openShop(): Promise<void> {
  const story = storyName();
  if (!opened.has(story)) opened.set(story, makeShop(story));
  return opened.get(story)!;
}

async function makeShop(story: string): Promise<void> {
  const url = (await readFile(path.join(DATA, 'database-url'), 'utf8')).trim();
  const database = openDatabase({
    url,
    poolSize: 1,
    applicationName: 'windlass e2e',
    report: (error) => console.error(error.message),
  });
  try {
    const mailFrom = `orders@${peopleDomain()}`;
    if (await database.sql.row('e2e-known-shop', KNOWN, [mailFrom])) return;
    const people = demoPeople.map((person) => ({
      ...person,
      email: person.email.replace(/@.*/, `@${peopleDomain()}`),
    }));
    const shopId = await seedShop(database, { name: `The shop of ${story}`, mailFrom, people });
    await copyBundles(database, shopId);
    await seedOrders(database, shopId, customerDomain());
  } finally {
    await database.close();
  }
}

async function copyBundles(database: Database, shopId: string): Promise<void> {
  const bundles = await database.sql.rows<{ sku: string }>('e2e-bundles', BUNDLES, []);
  for (const { sku } of bundles) await database.sql.rows('e2e-copy-bundle', COPY, [newId('bnd'), shopId, sku]);
}
