import { type Collected, createCollector, STRAY_QUOTE } from './collect-orders.ts';
import { decodeText } from './decode-text.ts';
import { type CsvHeader, readHeader } from './read-header.ts';
import { type CsvRecord, readRecords } from './read-records.ts';
import { refuseFile } from './refuse-file.ts';

export type OpenedFile = {
  header: CsvHeader;
  /** Where the header stands, and whether something stands above it. */
  line: number;
  titled: boolean;
  records: AsyncGenerator<CsvRecord>;
  encoding: () => string;
};
export type ReadFile = Collected & {
  encoding: string;
  leftOut: string[];
  /** Nothing was read but its lines counted: a person says which column is which. */
  needsColumns: boolean;
};

const NOTHING: Collected = { lineCount: 0, orders: [], faultyOrders: 0, faultCount: 0, faults: [], remarks: [] };
const BELOW_EMPTY = 'Below the header the file is empty: each line is an order, or one line of it.';

/** Reads a file as far as its header. Throws what makes it unreadable. */
export async function openFile(bytes: AsyncIterable<Uint8Array>): Promise<OpenedFile> {
  const { text, encoding } = await decodeText(bytes);
  const { titled, records } = await readRecords(text);
  const head = await records.next();
  if (head.done) throw refuseFile('EMPTY_FILE', 'The file is empty. The first line names the columns.');
  if (head.value.stray) throw refuseFile('STRAY_QUOTE', STRAY_QUOTE, head.value.line);
  return { header: readHeader(head.value), line: head.value.line, titled, records, encoding };
}

/**
 * Reads a file of orders piece by piece: every order without a fault, every fault by its line. Throws what makes it
 * unreadable. `choose` may say which column is which, whatever the header says.
 */
export async function readFile(
  bytes: AsyncIterable<Uint8Array>,
  choose?: (header: CsvHeader) => Promise<CsvHeader>,
): Promise<ReadFile> {
  const { header: found, line, titled, records, encoding } = await openFile(bytes);
  const header = choose ? await choose(found) : found;
  const collected = await (header.isClear ? collect(header, { line, titled, records }) : countLines(records));
  if (collected.lineCount === 0) throw refuseFile('EMPTY_FILE', BELOW_EMPTY);
  return { ...collected, encoding: encoding(), leftOut: header.leftOut, needsColumns: !header.isClear };
}

async function countLines(records: OpenedFile['records']): Promise<Collected> {
  let lineCount = 0;
  for await (const _ of records) lineCount += 1;
  return { ...NOTHING, lineCount };
}

type Source = Pick<OpenedFile, 'line' | 'titled' | 'records'>;

async function collect(header: CsvHeader, { line, titled, records }: Source): Promise<Collected> {
  const collector = createCollector(header);
  const remark = (sentence: string) => collector.remark({ line, column: null, sentence });
  if (titled) remark('This line is the header: what stands above it is not read.');
  const { format } = header;
  if (format) remark(`This file is read as an export of ${format.system}. ${format.unread}`);
  for await (const record of records) collector.add(record);
  return collector.finish();
}
