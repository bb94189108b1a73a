import type { ColumnChoice } from '../intake-contract.ts';
import { type ColumnName, csvColumns } from './columns.ts';
import type { CsvHeader } from './read-header.ts';

const MISSING: Partial<Record<ColumnName, string>> = {
  currency: 'Choose a column, or write the currency of the whole file.',
  sku: 'Choose a column for it, or one for what was bought.',
};

/** The header as a person reads it; a column that the file does not have is nobody's (`faultsOfChoice` finds it). */
export function chooseColumns(header: CsvHeader, { columns, currency }: ColumnChoice): CsvHeader {
  const chosen = csvColumns.flatMap(({ name }) => {
    const at = header.keys.indexOf(columns[name] ?? '');
    return at < 0 ? [] : [[name, at] as const];
  });
  const places = new Map(chosen);
  const used = new Set(places.values());
  return {
    ...header,
    places,
    isOurs: false,
    format: undefined,
    isClear: true,
    chosen: { currency: places.has('currency') ? null : currency },
    called: Object.fromEntries(chosen.map(([name, at]) => [name, header.labels[at]!])),
    leftOut: header.labels.filter((_, i) => !used.has(i) && header.names[i] !== ''),
  };
}

/**
 * What keeps a choice from being one, by its field such as `choice.columns.email`; nothing: the file can be read by it.
 */
export function faultsOfChoice(
  { keys }: Pick<CsvHeader, 'keys'>,
  { columns, currency }: ColumnChoice,
): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const { name, needed } of csvColumns) {
    const key = columns[name];
    // What has no SKU is known by its title.
    const isSaid = key !== null || (name === 'currency' ? currency : name === 'sku' ? columns.title : null) !== null;
    const field = `choice.columns.${name}`;
    if (key !== null && !keys.includes(key))
      faults[field] = 'This file has no such column. Choose one of those it has.';
    if (needed && !isSaid) faults[field] = MISSING[name] ?? 'Choose the column that says it.';
  }
  return faults;
}
