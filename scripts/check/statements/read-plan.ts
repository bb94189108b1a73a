import type { Catalog, TableColumn } from './read-catalog.ts';

/** A plan as `explain (verbose, format json)` writes it, as far as this reads it. */
export type Plan = {
  'Parent Relationship'?: string;
  'Join Type'?: string;
  'Relation Name'?: string;
  Alias?: string;
  Output?: readonly string[];
  Plans?: readonly Plan[];
} & Partial<Record<(typeof CONDITIONS)[number], string>>;

const CONDITIONS = ['Filter', 'Index Cond', 'Recheck Cond', 'Hash Cond', 'Merge Cond', 'Join Filter'] as const;
/** The side of a join that is filled with nulls where it finds no partner. */
const FILLED: Readonly<Record<string, readonly string[]>> = {
  Left: ['Inner'],
  Right: ['Outer'],
  Full: ['Inner', 'Outer'],
};

/** What a plan tells of the names in it. */
export type PlanFacts = {
  /** by alias; empty for what is no table */
  tables: Map<string, string>;
  /** aliases on the filled side of an outer join */
  filled: Set<string>;
  /** `alias.column` of which a condition holds that does not hold of null */
  present: Set<string>;
};

export function readPlan(plan: Plan): PlanFacts {
  const facts: PlanFacts = { tables: new Map(), filled: new Set(), present: new Set() };
  collect(plan, facts, false);
  return facts;
}

function collect(plan: Plan, facts: PlanFacts, filled: boolean): void {
  const { Alias: alias, 'Relation Name': table } = plan;
  if (alias) facts.tables.set(alias, table ?? '');
  if (alias && filled) facts.filled.add(alias);
  const join = plan['Join Type'] ?? 'Inner';
  // Other joins let rows through of which their condition does not hold.
  if (join === 'Inner' || join === 'Semi')
    for (const condition of CONDITIONS) for (const column of heldOf(plan[condition])) facts.present.add(column);
  for (const child of plan.Plans ?? []) {
    const relation = child['Parent Relationship'] ?? '';
    // What is asked for each row says nothing of the row.
    if (relation === 'SubPlan') continue;
    collect(child, facts, relation !== 'InitPlan' && (filled || FILLED[join]?.includes(relation) === true));
  }
}

const REFERENCE = /"?\b([a-z_]\w*)"?\."?([a-z_]\w*)"?/g;

/** Of a condition with one of these, not all that it compares need be there. */
const BRANCHES = /\b(OR|CASE|COALESCE|NULLIF)\b|\bIS (NOT )?(TRUE|FALSE|UNKNOWN)\b/;

/** Columns that a condition compares, or says are not null. */
function heldOf(condition: string | undefined): string[] {
  if (!condition || BRANCHES.test(condition)) return [];
  return [
    ...condition.matchAll(/\(?"?\b([a-z_]\w*)"?\."?([a-z_]\w*)"?\)?(?:::[a-z ]+)? (?:=|IS NOT NULL|<|>|<=|>=)/g),
  ].map(([, alias, column]) => `${alias}.${column}`);
}

/**
 * Whether one of the plan's outputs can be null; undefined where the plan does not tell. Of expressions only those of
 * strict functions, and a CASE whose ELSE is null.
 */
export function canBeNull(output: string, facts: PlanFacts, catalog: Catalog): boolean | undefined {
  const bare = output
    .replaceAll(/'(?:[^']|'')*'/g, "''")
    .replaceAll(/::[a-z_]+(?: [a-z]+)*(?:\(\d+(?:,\d+)?\))?(?:\[\])?/g, '')
    .replaceAll('AT TIME ZONE', '+');
  if (/^CASE .*\bELSE NULL END$/.test(bare)) return true;
  // What is written in capitals may make something of a null.
  if (/\b[A-Z]{2,}\b|Plan \d/.test(bare)) return undefined;
  if (![...bare.matchAll(/\b([a-z_]\w*)\(/g)].every(([, name]) => catalog.isStrict(name!))) return undefined;
  const columns = columnsOf(bare, facts).map((column) => ofColumn(column, facts, catalog));
  if (columns.includes(true)) return true;
  return columns.length === 1 && !bare.includes('(') ? columns[0] : undefined;
}

type ColumnName = { alias: string; column: string };

/** A plan of one table leaves its name out. */
function columnsOf(bare: string, { tables }: PlanFacts): ColumnName[] {
  const named = [...bare.matchAll(REFERENCE)].map(([, alias, column]) => ({ alias: alias!, column: column! }));
  const [only, ...others] = tables.keys();
  if (named.length > 0 || only === undefined || others.length > 0) return named;
  return [...bare.matchAll(/\b([a-z_]\w*)\b(?!\()/g)].map(([, column]) => ({ alias: only, column: column! }));
}

function ofColumn({ alias, column }: ColumnName, facts: PlanFacts, catalog: Catalog): boolean | undefined {
  if (facts.filled.has(alias)) return true;
  if (facts.present.has(`${alias}.${column}`)) return false;
  const table = facts.tables.get(alias);
  return table ? catalog.isNullableByName(table, column) : undefined;
}

/**
 * A column of a table as what reads it further up hands it on: null where the table says so and no condition holds of
 * it.
 */
export function canBeNullInside({ table, column, nullable }: TableColumn, { tables, present }: PlanFacts): boolean {
  return nullable && ![...tables].some(([alias, name]) => name === table && present.has(`${alias}.${column}`));
}
