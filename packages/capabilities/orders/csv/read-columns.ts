import type { ColumnChoice } from '../intake-contract.ts';
import { currencyOf } from './exports/signed-amount.ts';
import { normaliseName } from './exports/export-format.ts';
import { plainCell } from './guard-cell.ts';
import { csvColumns } from './columns.ts';
import { guessColumns } from './guess-columns.ts';
import { openFile } from './read-file.ts';
import type { CsvHeader } from './read-header.ts';

/** Enough to see what a column says. */
const SAMPLE_LINES = 3;
const MOST_SAMPLE = 60;

export type ReadColumns = {
  header: CsvHeader;
  /** Where it stands. */
  line: number;
  columns: { key: string; label: string; samples: string[] }[];
  guess: ColumnChoice;
};

/** The columns of a file with what its first three lines say in each, and which is probably which. Reads no further. */
export async function readColumns(bytes: AsyncIterable<Uint8Array>): Promise<ReadColumns> {
  const { header, line, records } = await openFile(bytes);
  const samples: string[][] = [];
  for await (const { cells } of records) {
    samples.push(cells.map((cell) => plainCell(cell).trim()));
    if (samples.length === SAMPLE_LINES) break;
  }
  const columns = header.keys.map((key, i) => ({
    key,
    label: header.labels[i]!,
    samples: samples.map((cells) => (cells[i] ?? '').slice(0, MOST_SAMPLE)),
  }));
  const guessed = guessColumns(header, samples);
  // Of an export that we know, it is known what is which, as far as one column says it.
  for (const { name } of csvColumns) {
    const called = header.format?.called[name];
    if (called !== undefined) guessed[name] = header.keys.find((key) => key === normaliseName(called)) ?? guessed[name];
  }
  const price = columns.find(({ key }) => key === guessed.unit_price)?.samples[0] ?? '';
  return {
    header,
    line,
    columns,
    guess: { columns: guessed, currency: guessed.currency === null ? currencyOf(price) || null : null },
  };
}
