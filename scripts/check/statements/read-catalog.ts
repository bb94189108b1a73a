import type { openClient } from '../../../packages/db/src/embedded/open-client.ts';
import type { DbType, Kind, Shape } from './shape.ts';

/** A client of the pool that the house's statements go through, with its parsers. */
export type Client = Awaited<ReturnType<typeof openClient>>;

export type TableColumn = { table: string; column: string; nullable: boolean };

/** What PostgreSQL knows of its types, tables and functions. */
export type Catalog = {
  typeOf: (oid: number) => DbType;
  /** what the driver makes of a value of the type; not null */
  shapeOf: (oid: number) => Shape;
  /** by the numbers of a row description; undefined: no column of a table of ours */
  columnOf: (table: number, number: number) => TableColumn | undefined;
  /** of a table's column, by the names of a plan; undefined: no such column */
  isNullableByName: (table: string, column: string) => boolean | undefined;
  /** answers null where an argument is null */
  isStrict: (functionName: string) => boolean;
};

type TypeRow = { oid: number; name: string; category: string; element: number; labels: string[] | null };

const TYPES = `select t.oid, format_type(t.oid, null) as name, t.typcategory as category, t.typelem as element,
    (select array_agg(e.enumlabel::text order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid) as labels
  from pg_type t`;
const COLUMNS = `select a.attrelid as oid, c.relname as table, a.attnum as number, a.attname as column,
  not a.attnotnull as nullable
  from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and a.attnum > 0`;
const STRICT = `select proname as name from pg_proc where prokind = 'f' group by proname having bool_and(proisstrict)`;

/** Reads it once, of the migrated database the client is connected to. */
export async function readCatalog(client: Client): Promise<Catalog> {
  const types = new Map((await client.query<TypeRow>(TYPES)).rows.map((row) => [row.oid, row]));
  const columns = await client.query<TableColumn & { oid: number; number: number }>(COLUMNS);
  const byNumber = new Map(columns.rows.map((row) => [`${row.oid}.${row.number}`, row]));
  const byName = new Map(columns.rows.map((row) => [`${row.table}.${row.column}`, row]));
  const strict = new Set((await client.query<{ name: string }>(STRICT)).rows.map(({ name }) => name));

  const typeOf = (oid: number): DbType => {
    const row = types.get(oid);
    if (!row) throw new Error(`PostgreSQL has no type ${oid}`);
    return {
      name: row.name,
      labels: row.labels ?? undefined,
      element: row.category === 'A' ? typeOf(row.element) : undefined,
    };
  };
  return {
    typeOf,
    shapeOf: (oid) => shapeOf(typeOf(oid), client.getTypeParser(oid, 'text')),
    columnOf: (table, number) => byNumber.get(`${table}.${number}`),
    isNullableByName: (table, column) => byName.get(`${table}.${column}`)?.nullable,
    isStrict: (name) => strict.has(name),
  };
}

/** A value of each type whose text has a form; any text will do for the others. */
const SAMPLES: readonly [RegExp, string][] = [
  [/^json/, '{}'],
  [/^boolean$/, 't'],
  [/^(timestamp|date)/, '2026-01-01'],
  [/^bytea$/, String.raw`\x00`],
  [/^interval$/, '1 day'],
];
const ANY = /^json/;

/** By what the driver's own parser makes of a value. */
function shapeOf({ name, labels, element }: DbType, parse: (text: string) => unknown): Shape {
  const sample = (type: string) => SAMPLES.find(([form]) => form.test(type))?.[1] ?? '1';
  const value = parse(element ? `{"${sample(element.name).replaceAll('\\', '\\\\')}"}` : sample(name));
  const kind = ANY.test(name) ? 'any' : kindOf(value);
  const inner = element && Array.isArray(value) ? value[0] : undefined;
  return {
    kinds: [kind],
    nullable: false,
    written: name,
    ...(kind === 'string' && { literals: labels }),
    ...(inner !== undefined && {
      element: {
        kinds: [ANY.test(element!.name) ? 'any' : kindOf(inner)],
        nullable: false,
        literals: element!.labels,
        written: element!.name,
      },
    }),
  };
}

function kindOf(value: unknown): Kind {
  if (value instanceof Date) return 'Date';
  if (Buffer.isBuffer(value)) return 'Buffer';
  if (Array.isArray(value)) return 'array';
  const kind = typeof value;
  if (kind === 'string' || kind === 'number' || kind === 'boolean' || kind === 'bigint' || kind === 'object')
    return kind;
  throw new Error(`the driver makes a ${kind} of a value`);
}
