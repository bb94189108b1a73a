import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { MOST_CELL_BYTES, MOST_ROWS } from './columns.ts';
import { countKnown } from './read-header.ts';
import { refuseFile } from './refuse-file.ts';

export type CsvRecord = { /** Where it begins; 1 is the header. */ line: number; cells: string[] };

const SEPARATORS = [',', ';', '\t'];
/** A quotation mark that is never closed would otherwise swallow the rest of the file. */
const MOST_RECORD_BYTES = 120_000;
/** A header longer than this is none of ours. In characters. */
const MOST_HEADER = 20_000;

/**
 * The records of a file, one after the other, blank lines left out. The separator is the one by which the first line names most of
 * our columns. Throws with its line what makes the rest unreadable: a stray or unclosed quotation mark, a cell or a file too long.
 */
export async function* readRecords(text: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  const { delimiter, whole } = await chooseSeparator(text);
  /** Where the record that is being read began: an error comes before the records above it have been handed out. */
  let begin = 1;
  const begins: number[] = [];
  // Inside quotes the parser counts the two characters of a Windows line break as two lines.
  let counted = 0;
  const parser = parse({
    delimiter,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: MOST_RECORD_BYTES,
    on_record(cells: string[], { lines }) {
      begins.push(begin);
      counted += cells.reduce((sum, cell) => sum + cell.split('\r\n').length - 1, 0);
      begin = lines - counted + 1;
      return cells;
    },
  });
  const piped = pipeline(Readable.from(whole), parser);
  piped.catch(() => undefined); // the loop below throws the same
  let rows = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      const line = begins.shift()!;
      if (cells.every((cell) => cell.trim() === '')) continue;
      const long = cells.findIndex((cell) => cell.length > MOST_CELL_BYTES / 4 && Buffer.byteLength(cell) > MOST_CELL_BYTES);
      if (long >= 0) throw refuseFile('CELL_TOO_LARGE', `cell ${long + 1} holds more than 10 kB.`, line);
      rows += 1;
      if (rows > MOST_ROWS + 1) throw refuseFile('TOO_MANY_ROWS', `a file may hold ${MOST_ROWS.toLocaleString('en')} lines; here begins one more. Split it into several files.`, line);
      yield { line, cells };
    }
  } catch (error) {
    throw error instanceof CsvError ? refuseRecord(error, begin) : error;
  }
}

function refuseRecord(error: CsvError, line: number): Error {
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return refuseFile('UNCLOSED_QUOTE', 'a quotation mark is opened in the line beginning here and never closed.', line);
    case 'CSV_MAX_RECORD_SIZE':
      return refuseFile('UNCLOSED_QUOTE', 'this line does not end within 120 kB: most likely a quotation mark is opened and never closed.', line);
    default:
      return refuseFile('STRAY_QUOTE', 'a quotation mark stands inside a cell. Write the cell in quotation marks and double the ones within: "6"" print".', line);
  }
}

/** Looks at the first line, and gives the text back whole. */
async function chooseSeparator(text: AsyncIterable<string>): Promise<{ delimiter: string; whole: AsyncIterable<string> }> {
  const pieces = text[Symbol.asyncIterator]();
  let head = '';
  let done = false;
  while (!done && head.length < MOST_HEADER && !/[\r\n]/.test(head)) {
    const piece = await pieces.next();
    done = piece.done === true;
    if (!piece.done) head += piece.value;
  }
  if (head.trim() === '') throw refuseFile('EMPTY_FILE', 'The file is empty. The first line names the columns.');
  const first = head.split(/[\r\n]/, 1)[0]!;
  const scores = SEPARATORS.map((delimiter) => countKnown(first.split(delimiter).map((cell) => cell.replace(/^\s*"|"\s*$/g, ''))));
  const delimiter = SEPARATORS[scores.indexOf(Math.max(...scores))]!;
  async function* whole() {
    yield head;
    for (let piece = await pieces.next(); !piece.done; piece = await pieces.next()) yield piece.value;
  }
  return { delimiter, whole: whole() };
}
