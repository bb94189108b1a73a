import { columnKeys } from './column-keys.ts';
import { type ColumnName, columnNames, csvColumns, exportOnlyColumns } from './columns.ts';
import { type ExportFormat, normaliseName } from './exports/export-format.ts';
import { exportNames, findExport, refuseExport } from './exports/find-export.ts';
import { refuseFile } from './refuse-file.ts';

export type CsvHeader = {
  /** As they are compared: `E-Mail` is `e_mail`. */
  names: readonly string[];
  /** As the file writes them, for people. */
  labels: readonly string[];
  /** As they are chosen and remembered: no two alike. */
  keys: readonly string[];
  /** In which cell of a line each column of ours stands. */
  places: ReadonlyMap<ColumnName, number>;
  /** What the file calls our columns, where it is not by our names. */
  called: Readonly<Partial<Record<ColumnName, string>>>;
  /** The columns of the file that are left out, in its own words. */
  leftOut: string[];
  /** It is an export of ours: its amounts have a decimal point, and its texts are those we took. */
  isOurs: boolean;
  /** It is another program's export: `places` are of no meaning then. */
  format: ExportFormat | undefined;
  /** False: a needed column is missing or there twice, and a person says which is which. */
  isClear: boolean;
  /** A person said which is which; `currency`: that of all lines, where no column says it. */
  chosen: { currency: string | null } | undefined;
};

/** Names that mean something to JavaScript's objects, and never a column of anybody's. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
const ALIASES: Readonly<Record<string, ColumnName>> = {
  e_mail: 'email',
  mail: 'email',
  customer_email: 'email',
  customer_name: 'name',
  order: 'reference',
  price: 'unit_price',
  qty: 'quantity',
};
/** Fewer hold no order, and more are no columns that a person looks through. */
const LEAST_COLUMNS = 3;
const MOST_COLUMNS = 500;
const ADDRESS = /^[^\s@]{1,64}@[^\s@]{1,200}\.[a-z]{2,}$/i;

export const lookUp = (name: string): ColumnName | undefined =>
  columnNames.find((column) => column === name) ?? (Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined);

/**
 * How many of our columns, or of an export that we know, these cells name: tells a header from a title, and one
 * separator from another.
 */
export const countKnown = (cells: readonly string[]): number =>
  cells.map(normaliseName).filter((name) => lookUp(name) !== undefined || exportNames.has(name)).length;

/** Two files put together have their header twice. */
export const isHeaderAgain = ({ names }: CsvHeader, cells: readonly string[]): boolean =>
  names.every((name, i) => normaliseName(cells[i] ?? '') === name);

/** Reads the header, which stands in `line`. Refuses one that carries a dangerous name, or is none. */
export function readHeader({ line, cells }: { line: number; cells: readonly string[] }): CsvHeader {
  const names = cells.map(normaliseName);
  const forbidden = names.findIndex((name) => FORBIDDEN.has(name));
  if (forbidden >= 0)
    throw refuseFile(
      'BAD_HEADER',
      `a column cannot be called “${cells[forbidden]!.trim()}”. Rename or remove it.`,
      line,
    );
  const labels = cells.map((cell, i) => cell.trim().slice(0, 60) || `Column ${i + 1}`);
  const header: CsvHeader = {
    names,
    labels,
    keys: columnKeys(names),
    places: new Map(),
    called: {},
    leftOut: [],
    isOurs: false,
    format: undefined,
    isClear: true,
    chosen: undefined,
  };
  const format = findExport(names);
  if (format) return { ...header, format, called: format.called };
  const other = refuseExport(names);
  if (other) throw refuseFile('BAD_HEADER', other, line);
  const columns = names.map(lookUp);
  const isClear = !isTwice(names, columns) && csvColumns.every(({ name, needed }) => !needed || columns.includes(name));
  if (!isClear) {
    const isNone = cells.length < LEAST_COLUMNS || cells.some((cell) => ADDRESS.test(cell.trim()));
    const ours = columnNames.join(', ');
    const count = cells.length.toLocaleString('en');
    if (isNone) throw refuseFile('BAD_HEADER', `this is no header of ours. It names the columns: ${ours}.`, line);
    if (cells.length > MOST_COLUMNS) {
      throw refuseFile('BAD_HEADER', `this line names ${count} columns. Keep those that are needed: ${ours}.`, line);
    }
    return { ...header, isClear };
  }
  const ignored: readonly string[] = exportOnlyColumns;
  const leftOut = labels.filter((_, i) => columns[i] === undefined && names[i] !== '' && !ignored.includes(names[i]!));
  const places = new Map(columns.flatMap((column, i) => (column ? [[column, i] as const] : [])));
  return { ...header, places, leftOut, isOurs: ignored.every((name) => names.includes(name)) };
}

/** Is a column there twice, by what it means? "email" and "e-mail" are the same. */
function isTwice(names: readonly string[], columns: readonly (ColumnName | undefined)[]): boolean {
  const meanings = names.map((name, i) => columns[i] ?? name).filter((meaning) => meaning !== '');
  return new Set(meanings).size < meanings.length;
}
