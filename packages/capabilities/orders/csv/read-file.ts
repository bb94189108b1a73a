import { type Collected, createCollector } from './collect-orders.ts';
import { decodeText } from './decode-text.ts';
import { readHeader } from './read-header.ts';
import { readRecords } from './read-records.ts';
import { refuseFile } from './refuse-file.ts';

export type ReadFile = Collected & { encoding: string; leftOut: string[] };

/** Reads a file of orders piece by piece: every order without a fault, every fault by its line. Throws what makes it unreadable. */
export async function readFile(bytes: AsyncIterable<Uint8Array>): Promise<ReadFile> {
  const { text, encoding } = await decodeText(bytes);
  const records = readRecords(text);
  const head = await records.next();
  if (head.done) throw refuseFile('EMPTY_FILE', 'The file is empty. The first line names the columns.');
  const header = readHeader(head.value.cells);
  const collector = createCollector(header);
  for await (const record of records) collector.add(record);
  const collected = await collector.finish();
  if (collected.lineCount === 0) throw refuseFile('EMPTY_FILE', 'Below the header the file is empty: each line is an order, or one line of it.');
  return { ...collected, encoding: encoding(), leftOut: header.leftOut };
}
