import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { receivedOrder } from '../contract.ts';
import { unguardCell, writeCell } from './guard-cell.ts';
import { readFile } from './read-file.ts';
import { CSV_HEAD, type ExportedOrder, writeRows } from './write-rows.ts';

const FORMULA_STARTS = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
/** Text that spreadsheets, parsers and our own guard trip over. */
const nasty = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...FORMULA_STARTS, "'", '"', ',', ';', '\r\n', ' ', '\ufeff'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 20,
});

// 108
test.each([
  `=HYPERLINK("http://evil.test","x")`,
  '+cmd',
  '-2+3',
  '@SUM(A1)',
  '\tx',
  '\rx',
  '\nx',
  '＝1+1',
  '＋1',
  '－1',
  '＠x',
])('the cell %j is written so that no spreadsheet runs it', (text) => {
  expect(writeCell(text)).toMatch(/^"'/);
});

test('every cell is quoted, and only what could run gets an apostrophe', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const cell = writeCell(text);
      expect(cell).toMatch(/^"(?:[^"]|"")*"$/);
      expect(FORMULA_STARTS.some((start) => cell.slice(1).startsWith(start))).toBe(false);
      if (/^[a-z0-9]/i.test(text)) expect(cell).toBe(`"${text.replaceAll('"', '""')}"`);
    }),
  );
});

test('taking the apostrophe off gives back any text whatever', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      expect(unguardCell(writeCell(text).slice(1, -1).replaceAll('""', '"'))).toBe(text);
    }),
    { numRuns: 1000 },
  );
});

type Kept = z.output<typeof receivedOrder>;

/** Orders as the house keeps them: what the intake's schema let in. */
const kept: fc.Arbitrary<Kept> = fc
  .record({
    reference: nasty,
    customer: fc.record({
      name: nasty,
      email: fc.constantFrom('ada@example.com', 'x+y@example.org', '=x@example.com'),
    }),
    currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
    note: nasty,
    placedAt: fc
      .date({ min: new Date('1970-01-02'), max: new Date('2099-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString()),
    lines: fc.array(
      fc.record({
        sku: nasty,
        title: nasty,
        quantity: fc.integer({ min: 1, max: 100_000 }),
        unitMinor: fc.integer({ min: 0, max: 1_000_000 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map((order) => receivedOrder.safeParse(order))
  .filter(
    (parsed) => parsed.success && parsed.data.reference !== '' && parsed.data.lines.every((line) => line.title !== ''),
  )
  .map((parsed) => parsed.data!);

const exported = (order: Kept, number: number): ExportedOrder => ({
  number,
  status: 'waiting',
  reference: order.reference!,
  placedAt: order.placedAt!,
  customerName: order.customer.name,
  customerEmail: order.customer.email,
  currency: order.currency,
  note: order.note || null,
  lines: order.lines,
});

// 109
test('our own export reads back as the very same orders', async () => {
  const orders = fc.uniqueArray(kept, { selector: (order) => order.reference, minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(orders, async (given) => {
      const text = CSV_HEAD + given.map((order, i) => writeRows(exported(order, 1001 + i))).join('');
      const file = await readFile(
        (async function* () {
          yield Buffer.from(text);
        })(),
      );
      expect(file.faults).toEqual([]);
      const back = file.orders.map(({ reference, order }) => ({
        ...order,
        reference,
        lines: order.lines.map(({ sku, title, quantity, unitMinor }) => ({ sku, title, quantity, unitMinor })),
      }));
      expect(back).toEqual(given.map(({ note, ...order }) => ({ ...order, ...(note && { note }) })));
    }),
    { numRuns: 200 },
  );
});
