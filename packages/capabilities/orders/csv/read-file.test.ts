import { expect, test } from 'vitest';
import { MOST_ROWS } from './columns.ts';
import { readFile } from './read-file.ts';
import { writeTemplate } from './write-template.ts';

/** In pieces of `size` bytes, as a network delivers them. */
async function* inPieces(bytes: Buffer, size = 7): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}
const read = (text: string | Buffer, size?: number) => readFile(inPieces(Buffer.from(text as string), size));

const HEAD = 'reference,name,email,currency,sku,title,quantity,unit_price,placed_at\n';
const LINE = 'A-1,Ada,ada@example.com,EUR,ICON-96,Icons,2,19.99\n';
const refusal = async (text: string | Buffer, size?: number) =>
  read(text, size).then(
    () => 'read',
    (error: { word: string; message: string }) => `${error.word} ${error.message}`,
  );

test('the template reads without a fault: two orders of three lines', async () => {
  const file = await read(writeTemplate());
  expect(file).toMatchObject({ lineCount: 3, faultCount: 0, faultyOrders: 0, leftOut: [], encoding: 'UTF-8' });
  expect(file.orders.map(({ reference, line, order }) => [reference, line, order.lines.length])).toEqual([
    ['WEB-1001', 2, 2],
    ['WEB-1002', 4, 1],
  ]);
});

test('lines with one reference are one order, wherever they stand', async () => {
  const file = await read(
    `${HEAD}A-1,Ada,ada@example.com,EUR,X,,1,1\nB-1,Bo,bo@example.com,JPY,X,,1,500\nA-1,,,,Y,Why,3,2.50\n`,
  );
  expect(
    file.orders.map(({ reference, order }) => [
      reference,
      order.currency,
      order.lines.map(({ sku, title, quantity, unitMinor }) => [sku, title, quantity, unitMinor]),
    ]),
  ).toEqual([
    [
      'A-1',
      'EUR',
      [
        ['X', 'X', 1, 100],
        ['Y', 'Why', 3, 250],
      ],
    ],
    ['B-1', 'JPY', [['X', 'X', 1, 500]]],
  ]);
});

// 105
test.each([',', ';', '\t'])('the separator %j is found by the header', async (separator) => {
  const file = await read((HEAD + LINE).replaceAll(',', separator));
  expect(file.orders).toMatchObject([{ reference: 'A-1', order: { lines: [{ unitMinor: 1999 }] } }]);
});

const umlauts = `${HEAD}A-1,Zoë Größe,zoe@example.com,EUR,X,Münze 🎨,1,1\n`;
const utf16be = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
test.each([
  ['UTF-8', Buffer.from(umlauts)],
  ['UTF-8', Buffer.from(`\ufeff${umlauts}`)],
  ['UTF-16 (little endian)', Buffer.from(`\ufeff${umlauts}`, 'utf16le')],
  ['UTF-16 (little endian)', Buffer.from(umlauts, 'utf16le')],
  ['UTF-16 (big endian)', utf16be(umlauts)],
])('%s is recognised, whatever the pieces it comes in', async (encoding, bytes) => {
  for (const size of [1, 2, 3, 5, 4096]) {
    const file = await read(bytes, size);
    expect(file.encoding).toBe(encoding);
    expect(file.orders[0]!.order).toMatchObject({ customer: { name: 'Zoë Größe' }, lines: [{ title: 'Münze 🎨' }] });
  }
});

test('a file of an old Windows program is read as Windows-1252 and says so', async () => {
  for (const size of [1, 3, 4096]) {
    const file = await read(
      Buffer.from(`${HEAD}A-1,Zo\u00eb Gr\u00f6\u00dfe,zoe@example.com,EUR,X,,1,1\n`, 'latin1'),
      size,
    );
    expect([file.encoding, file.orders[0]!.order.customer.name]).toEqual(['Windows-1252', 'Zoë Größe']);
  }
});

test('bytes that are no UTF-8 below real UTF-8 are refused with their line', async () => {
  const bytes = Buffer.concat([
    Buffer.from(umlauts),
    Buffer.from(`B-1,Bo\n`),
    Buffer.from(`C-1,Gr\u00f6\u00dfe\n`, 'latin1'),
  ]);
  for (const size of [1, 3, 4096]) expect(await refusal(bytes, size)).toMatch(/^BAD_ENCODING Line 4: /);
});

test('a workbook is refused by name', async () => {
  expect(await refusal(Buffer.from([0x50, 0x4b, 3, 4, 20, 0]))).toMatch(/^NOT_CSV This is a workbook/);
});

// 106
test('an unclosed quotation mark is refused with the line it opens in, at the end of a small file and of a large one', async () => {
  const open = `${HEAD}${LINE}A-2,"Ada,ada@example.com,EUR,X,,1,1\n`;
  expect(await refusal(`${open}A-3,Bo\n`)).toMatch(/^UNCLOSED_QUOTE Line 3: /);
  expect(await refusal(open + 'A-3,Bo,bo@example.com,EUR,X,,1,1\n'.repeat(10_000), 65_536)).toMatch(
    /^UNCLOSED_QUOTE Line 3: /,
  );
});

test.each(['6" print', '"6" print"', '"6" print', 'a "good" one', '"6"print'])(
  'the stray quotation mark of %s is a fault of its line, and the orders above and below are good',
  async (title) => {
    const good = (reference: string) => `${reference},Ada,ada@example.com,EUR,X,"two ""quoted"", words",1,1\n`;
    const file = await read(
      `${HEAD}${good('A-1')}A-2,Ada,ada@example.com,EUR,X,${title},1,1\n${good('A-2')}${good('A-3')}`,
    );
    expect(file.faults).toEqual([{ line: 3, column: null, sentence: expect.stringContaining('quotation mark') }]);
    expect([file.orders.map(({ reference }) => reference), file.faultyOrders]).toEqual([['A-1', 'A-3'], 1]);
  },
);

test('a header with a stray quotation mark is refused with its line', async () => {
  expect(await refusal(`${HEAD.replace('name', 'na"me')}${LINE}`)).toMatch(/^STRAY_QUOTE Line 1: /);
});

test('a cell of more than 10 kB is refused with its line, one of a megabyte as well', async () => {
  expect(await refusal(`${HEAD}${LINE}A-2,${'x'.repeat(10_001)},a@example.com\n`)).toMatch(/^CELL_TOO_LARGE Line 3: /);
  expect(await refusal(`${HEAD}${LINE}A-2,${'é'.repeat(5_001)},a@example.com\n`)).toMatch(/^CELL_TOO_LARGE Line 3: /);
  expect(await refusal(`${HEAD}${LINE}A-2,${'x'.repeat(1_000_000)},a@example.com\n`, 65_536)).toMatch(/Line 3: /);
});

test('the line after the last allowed one is refused with its number, and the last allowed is not', async () => {
  const most = HEAD + 'A-1,Ada\n'.repeat(MOST_ROWS);
  expect((await read(most, 65_536)).lineCount).toBe(MOST_ROWS);
  expect(await refusal(`${most}A-2,Bo\n`, 65_536)).toMatch(/^TOO_MANY_ROWS Line 50,002: /);
});

test.each([
  ['nothing', '', /^EMPTY_FILE/],
  ['only blank lines', '\n\n\n', /^EMPTY_FILE/],
  ['only a header', HEAD, /^EMPTY_FILE/],
  ['no header', LINE, /^BAD_HEADER Line 1: /],
  ['two columns', 'order;price\nA-1;12.00\n', /^BAD_HEADER Line 1: this is no header of ours/],
  ['501 columns', `${'x,'.repeat(500)}y\n${'1,'.repeat(500)}1\n`, /^BAD_HEADER Line 1: this line names 501 columns/],
  ['__proto__', `__proto__,${HEAD}`, /^BAD_HEADER Line 1: a column cannot be called “__proto__”/],
  ['constructor', `Constructor,${HEAD}`, /^BAD_HEADER Line 1: a column cannot be called/],
])('a file with %s is refused', async (_what, text, words) => {
  expect(await refusal(text)).toMatch(words);
});

test.each([
  ['a column missing', HEAD.replace('email,', 'post,')],
  ['a column twice', `sku,${HEAD}`],
  ['a column twice by another name', `E-Mail,${HEAD}`],
  ['an unknown column twice', `x,X,${HEAD}`],
  ['no name that we know', 'Bestellnummer;Kunde;Anschrift;Ware\n'],
])('a file with %s waits for a person who says which column is which, its lines counted', async (_what, head) => {
  const lines = '1;2;3;4\n"5\n6";7;8;9\n'.replaceAll(';', head.includes(';') ? ';' : ',');
  expect(await read(head + lines)).toMatchObject({ needsColumns: true, lineCount: 2, orders: [], faultCount: 0 });
  expect(await refusal(head)).toMatch(/^EMPTY_FILE/);
});

test('a column nobody reads is left out and said', async () => {
  const file = await read(
    'colour,number,reference,name,email,currency,sku,unit_price\nred,7,A-1,Ada,ada@example.com,EUR,X,1\n',
  );
  expect([file.leftOut, file.faultCount, file.orders.length]).toEqual([['colour'], 0, 1]);
});

test.each<[string, string, string]>([
  ['no reference', ' ,Ada,ada@example.com,EUR,X,,1,1', 'reference'],
  ['no name', 'B,,ada@example.com,EUR,X,,1,1', 'name'],
  ['a line break in the name', 'B,"Ada\r\nBcc: x@y.test",ada@example.com,EUR,X,,1,1', 'name'],
  ['a NUL in the name', 'B,Ada\u0000,ada@example.com,EUR,X,,1,1', 'name'],
  ['two addresses', 'B,Ada,"a@b.com, c@d.com",EUR,X,,1,1', 'email'],
  ['no address', 'B,Ada,,EUR,X,,1,1', 'email'],
  ['a look-alike domain', 'B,Ada,ada@\u0435xample.com,EUR,X,,1,1', 'email'],
  ['no such currency', 'B,Ada,ada@example.com,EUT,X,,1,1', 'currency'],
  ['no SKU', 'B,Ada,ada@example.com,EUR,,,1,1', 'sku'],
  ['half a piece', 'B,Ada,ada@example.com,EUR,X,,0.5,1', 'quantity'],
  ['none of it', 'B,Ada,ada@example.com,EUR,X,,0,1', 'quantity'],
  ['a price as 1e3', 'B,Ada,ada@example.com,EUR,X,,1,1e3', 'unit_price'],
  ['what may be thousands', 'B,Ada,ada@example.com,EUR,X,,1,"1,200"', 'unit_price'],
  ['a price beyond what we take', 'B,Ada,ada@example.com,EUR,X,,1,99999999999.00', 'unit_price'],
  ['the 30th of February', 'B,Ada,ada@example.com,EUR,X,,1,1,2026-02-30', 'placed_at'],
  ['an hour no day has', 'B,Ada,ada@example.com,EUR,X,,1,1,2026-02-03 25:00', 'placed_at'],
  ['three decimals of a euro', 'B,Ada,ada@example.com,EUR,X,,1,"1,999"', 'unit_price'],
  ['a negative price', 'B,Ada,ada@example.com,EUR,X,,1,-5', 'unit_price'],
])('%s is a fault of its line and column, and the order is not among the good ones', async (_what, row, column) => {
  const file = await read(`${HEAD}${LINE}${row}\n`);
  expect(file.faults).toMatchObject([{ line: 3, column, sentence: expect.any(String) }]);
  expect(file.orders.map(({ reference }) => reference)).toEqual(['A-1']);
  expect(file.faultyOrders).toBe(1);
});

// 110
test('one wrong line in five thousand is found by its number; the other orders are good', async () => {
  const rows = Array.from(
    { length: 5_000 },
    (_, i) => `R-${i},Ada,ada@example.com,EUR,X,,1,${i === 4_998 ? 'free' : '1'}\n`,
  );
  const file = await read(HEAD + rows.join(''), 65_536);
  expect(file.faults).toEqual([{ line: 5_000, column: 'unit_price', sentence: expect.any(String) }]);
  expect([file.orders.length, file.faultyOrders]).toEqual([4_999, 1]);
});

test('line numbers stay true below cells of several lines, blank lines and Windows line breaks', async () => {
  const text = `${HEAD}A-1,Ada,ada@example.com,EUR,X,"two\nlines",1,1\n\nB-1,Bo,bo@example.com,EUR,X,,1,bad\n`;
  for (const whole of [text, text.replaceAll('\n', '\r\n')]) {
    const faults = (await read(whole)).faults.map(({ line, column }) => [line, column]);
    expect(faults).toEqual([
      [2, 'title'],
      [5, 'unit_price'],
    ]);
  }
});

test('a line that contradicts its order, or has a cell too many, is a fault of that line', async () => {
  const file = await read(`${HEAD}${LINE}A-1,Eve,,,Y,,1,1\nB-1,Bo,bo@example.com,EUR,X,,1,1,,surplus\n`);
  expect(file.faults.map(({ line, column }) => [line, column])).toEqual([
    [3, 'name'],
    [4, null],
  ]);
  expect([file.orders, file.faultyOrders]).toEqual([[], 2]);
});

// 104
test('names of any script are kept and normalised', async () => {
  const file = await read(`${HEAD}A-1,"Zoe\u0308 🎨 \u05d0\u05d1\u200d",zoe@example.com,EUR,X,,1,1\n`);
  expect(file.orders[0]!.order.customer.name).toBe('Zo\u00eb 🎨 \u05d0\u05d1\u200d');
});
