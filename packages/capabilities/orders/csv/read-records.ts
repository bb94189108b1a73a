import { MOST_CELL_BYTES, MOST_ROWS } from './columns.ts';
import { findHeader } from './find-header.ts';
import { MOST_LINE, readLines, refuseEndless, type TextLine } from './read-lines.ts';
import { refuseFile } from './refuse-file.ts';
import { createSplitter } from './split-record.ts';

export type CsvRecord = {
  /** Where it begins; 1 is the first line of the file. */
  line: number;
  cells: string[];
  /** A quotation mark where none may be: the cells are what stands between the separators. */
  stray?: boolean;
};

/** `titled`: something stands above the header. */
export type CsvRecords = { titled: boolean; records: AsyncGenerator<CsvRecord> };

/**
 * The records of a file from its header on, one after the other, blank lines left out. A stray quotation mark spoils
 * its own line. Throws with its line what makes the rest unreadable: a quotation mark never closed, a cell or a file
 * too long.
 */
export async function readRecords(text: AsyncIterable<string>): Promise<CsvRecords> {
  const lines = readLines(text);
  const { delimiter, lines: read, titled } = await findHeader(lines);
  return { titled, records: recordsOf({ lines, read: read.toReversed() }, delimiter) };
}

/** `read`: lines that were looked at before their turn, the next one last. */
type Source = { lines: AsyncIterator<TextLine>; read: TextLine[] };

async function takeLine({ lines, read }: Source): Promise<TextLine | undefined> {
  const waiting = read.pop();
  if (waiting) return waiting;
  const next = await lines.next();
  return next.done ? undefined : next.value;
}

async function* recordsOf(source: Source, delimiter: string): AsyncGenerator<CsvRecord> {
  let rows = 0;
  for (let first = await takeLine(source); first; first = await takeLine(source)) {
    if (first.text.trim() === '') continue;
    const record = await readRecord(source, first, delimiter);
    if (!record.cells.some((cell) => cell.trim() !== '')) continue;
    const long = record.cells.findIndex(
      (cell) => cell.length > MOST_CELL_BYTES / 4 && Buffer.byteLength(cell) > MOST_CELL_BYTES,
    );
    if (long >= 0) throw refuseFile('CELL_TOO_LARGE', `cell ${long + 1} holds more than 10 kB.`, first.line);
    rows += 1;
    if (rows > MOST_ROWS + 1)
      throw refuseFile(
        'TOO_MANY_ROWS',
        `a file may hold ${MOST_ROWS.toLocaleString('en')} lines; here begins one more. Split it into several files.`,
        first.line,
      );
    yield record;
  }
}

async function readRecord(source: Source, first: TextLine, delimiter: string): Promise<CsvRecord> {
  const { line } = first;
  const splitter = createSplitter(delimiter);
  const taken = [first];
  let size = first.text.length;
  for (let [text, lineBreak] = [first.text.replace(/^\ufeff+/, ''), '']; ;) {
    const state = splitter.add(text, lineBreak);
    if (state === 'whole') return { line, cells: splitter.cells };
    if (state === 'stray') {
      while (taken.length > 1) source.read.push(taken.pop()!);
      return { line, cells: first.text.split(delimiter), stray: true };
    }
    if (size > MOST_LINE) throw refuseEndless(line);
    const next = await takeLine(source);
    if (!next)
      throw refuseFile(
        'UNCLOSED_QUOTE',
        'a quotation mark is opened in the line beginning here and never closed.',
        line,
      );
    lineBreak = taken.at(-1)!.end;
    text = next.text;
    size += lineBreak.length + text.length;
    taken.push(next);
  }
}
