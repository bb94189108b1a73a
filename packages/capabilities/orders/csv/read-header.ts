import { type ColumnName, columnNames, csvColumns, exportOnlyColumns } from './columns.ts';
import { refuseFile } from './refuse-file.ts';

export type CsvHeader = {
  /** For each cell of a line, the column it belongs to; undefined: nobody reads it. */
  columns: readonly (ColumnName | undefined)[];
  /** The columns of the file that are left out, in its own words. */
  leftOut: string[];
};

/** Names that mean something to JavaScript's objects, and never a column of anybody's. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
const ALIASES: Readonly<Record<string, ColumnName>> = {
  e_mail: 'email', mail: 'email', customer_email: 'email', customer_name: 'name', order: 'reference', price: 'unit_price', qty: 'quantity',
};

/** `E-Mail`, ` e mail ` and `e_mail` are one name. */
const normalise = (cell: string): string => cell.normalize('NFKC').trim().toLowerCase().replace(/[\s-]+/g, '_');
const lookUp = (name: string): ColumnName | undefined => columnNames.find((column) => column === name) ?? (Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined);

/** How many of our columns these cells name: tells one separator from another. */
export const countKnown = (cells: readonly string[]): number => cells.filter((cell) => lookUp(normalise(cell)) !== undefined).length;

/** Reads the header. Refuses one that names a column twice, misses a needed one, or carries a dangerous name. */
export function readHeader(cells: readonly string[]): CsvHeader {
  const names = cells.map(normalise);
  const forbidden = names.findIndex((name) => FORBIDDEN.has(name));
  if (forbidden >= 0) throw refuseFile('BAD_HEADER', `a column cannot be called “${cells[forbidden]!.trim()}”. Rename or remove it.`, 1);
  const columns = names.map(lookUp);
  // By what they mean: "email" and "e-mail" are the same column twice.
  const meanings = names.map((name, i) => columns[i] ?? name);
  const twice = meanings.findIndex((meaning, i) => meaning !== '' && meanings.indexOf(meaning) !== i);
  if (twice >= 0) throw refuseFile('BAD_HEADER', `the column “${cells[twice]!.trim().slice(0, 60)}” is there twice. Keep one of them.`, 1);
  const missing = csvColumns.filter(({ name, needed }) => needed && !columns.includes(name)).map(({ name }) => name);
  if (missing.length > 0) {
    const what = missing.length === csvColumns.filter(({ needed }) => needed).length
      ? 'this is no header of ours. The first line names the columns'
      : `the header misses ${missing.map((name) => `“${name}”`).join(', ')}. It names the columns`;
    throw refuseFile('BAD_HEADER', `${what}: ${columnNames.join(', ')}.`, 1);
  }
  const ignored: readonly string[] = exportOnlyColumns;
  const leftOut = cells.filter((cell, i) => columns[i] === undefined && names[i] !== '' && !ignored.includes(names[i]!)).map((cell) => cell.trim().slice(0, 60));
  return { columns, leftOut };
}
