import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runSql } from './run-sql.ts';
import type { House } from './start-house.ts';

const TABLES = `select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'm') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_toast%' order by 1`;

export type Place = { where: string; text: string };

/**
 * Everything that the house holds: every row of every table as text, every file in storage by its name and its bytes.
 */
export async function dumpHouse(house: House): Promise<Place[]> {
  const places: Place[] = [];
  for (const { name } of await runSql<{ name: string }>(house, TABLES)) {
    for (const { text } of await runSql<{ text: string }>(house, `select t::text as text from ${name} t`))
      places.push({ where: name, text: text + bytesIn(text) });
  }
  const root = fileURLToPath(house.common.storageUrl);
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    places.push({ where: path.relative(root, file), text: entry.name + readFileSync(file, 'latin1') });
  }
  return places;
}

/** What stands in bytea columns, which PostgreSQL writes in hex, and what JSON writes as codes. */
function bytesIn(row: string): string {
  const bytes = [...row.matchAll(/\\\\?x([0-9a-f]{8,})/g)].map(([, hex]) => Buffer.from(hex!, 'hex').toString('utf8'));
  return [row, ...bytes]
    .map((text) =>
      text.replace(/\\+u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    )
    .join(' ');
}

/** Where in all of it one of these texts stands, whatever its case. */
export const findIn = (places: readonly Place[], texts: readonly string[]): string[] =>
  places.flatMap(({ where, text }) =>
    texts.filter((one) => text.toLowerCase().includes(one.toLowerCase())).map((one) => `${one} in ${where}`),
  );
