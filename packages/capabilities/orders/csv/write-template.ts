import { columnNames, csvColumns } from './columns.ts';
import { writeCell } from './guard-cell.ts';

/** A file to begin with: the header and three lines that make two orders. */
export function writeTemplate(): string {
  const rows = [0, 1, 2].map((i) => csvColumns.map(({ examples }) => examples[i]!));
  return `\ufeff${[columnNames, ...rows].map((cells) => cells.map(writeCell).join(',')).join('\r\n')}\r\n`;
}
