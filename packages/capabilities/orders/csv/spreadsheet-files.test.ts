import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFile } from './read-file.ts';

const COLUMNS = [
  'reference',
  'placed_at',
  'name',
  'email',
  'currency',
  'sku',
  'title',
  'quantity',
  'unit_price',
  'note',
] as const;
type Order = Partial<Record<(typeof COLUMNS)[number], string>>;
const GOOD: Required<Order> = {
  reference: 'V-1',
  placed_at: '2026-03-02',
  name: 'Ada',
  email: 'ada@example.com',
  currency: 'EUR',
  sku: 'ICON-96',
  title: 'Icons',
  quantity: '1',
  unit_price: '12.00',
  note: '',
};

const head = (separator = ',') => `${COLUMNS.join(separator)}\n`;
const row = (order: Order = {}, separator = ',') =>
  `${COLUMNS.map((column) => ({ ...GOOD, ...order })[column]).join(separator)}\n`;
const read = (text: string) =>
  readFile(
    (async function* () {
      yield Buffer.from(text);
    })(),
  );
/** What the file makes of it: references and titles, faults and remarks by line and column. */
const told = async (text: string) => {
  const { orders, faults, remarks, lineCount } = await read(text);
  const places = (list: typeof faults) => list.map(({ line, column }) => [line, column]);
  return {
    orders: orders.map(({ reference, line }) => [reference, line]),
    faults: places(faults),
    remarks: places(remarks),
    lineCount,
  };
};
const refusal = (text: string) =>
  read(text).then(
    () => 'read',
    (error: { word: string; message: string }) => `${error.word} ${error.message}`,
  );

const above: [string, (separator: string) => string, number][] = [
  ['sep=', (separator) => `sep=${separator}\r\n`, 1],
  ['a quoted SEP=', (separator) => `"SEP=${separator}"\n`, 1],
  ['a byte order mark and sep=', (separator) => `\ufeff\ufeffsep=${separator}\n`, 1],
  ['a blank line', () => '\r\n', 1],
  ['three blank lines and one of empty cells', (separator) => `\n \n\n${separator.repeat(9)}\n`, 4],
  ['an empty cell', () => '\ufeff""\n', 1],
  ['two byte order marks', () => '\ufeff\ufeff', 0],
];
for (const separator of [',', ';', '\t', '|'])
  test.each(above.filter(([what]) => separator !== '|' || /sep=/i.test(what)))(
    `with %s above, a file separated by ${JSON.stringify(separator)} is read with its line numbers`,
    async (_what, begin, lines) => {
      expect(await told(begin(separator) + head(separator) + row({ title: 'Größe' }, separator))).toEqual({
        orders: [['V-1', lines + 2]],
        faults: [],
        remarks: [],
        lineCount: 1,
      });
    },
  );

test('titles above the header are left alone and said; without a header the first line that says something is named', async () => {
  expect(await told(`Orders of the week\n\nShop,email\n${head()}${row()}`)).toMatchObject({
    orders: [['V-1', 5]],
    faults: [],
    remarks: [[4, null]],
  });
  expect(await refusal(`\n${row()}${row()}`)).toMatch(/^BAD_HEADER Line 2: this is no header of ours/);
  expect(await read(`Title\n${head().replace('sku,', '')}${row()}`)).toMatchObject({
    needsColumns: true,
    lineCount: 1,
  });
});

test('a byte order mark before a quoted cell is no part of it, in the first line and below', async () => {
  const quoted = (text: string) =>
    text
      .trim()
      .split(',')
      .map((cell) => `"${cell}"`)
      .join(',');
  expect(
    await told(`\ufeff\ufeff${quoted(head())}\n${quoted(row())}\n\ufeff${quoted(row({ reference: 'V-2' }))}\n`),
  ).toMatchObject({
    orders: [
      ['V-1', 2],
      ['V-2', 3],
    ],
    faults: [],
  });
});

test('a line may end where only empty cells follow, or have empty ones more; one without its price may not', async () => {
  const short = row().replace(/,\n$/, '\n');
  const long = row({ reference: 'V-2' }).replace('\n', ',, \u00a0\n');
  expect(await told(head() + short + long)).toMatchObject({
    orders: [
      ['V-1', 2],
      ['V-2', 3],
    ],
    faults: [],
  });
  expect((await told(`${head()}V-1,2026-03-02,Ada,ada@example.com,EUR,ICON-96,Icons\n`)).faults).toContainEqual([
    2,
    null,
  ]);
});

test('a header in the middle is skipped and said', async () => {
  expect(await told(head() + row() + head() + row({ reference: 'V-2' }))).toEqual({
    orders: [
      ['V-1', 2],
      ['V-2', 4],
    ],
    faults: [],
    remarks: [[3, null]],
    lineCount: 2,
  });
  expect(await told(`${head()}${row()}\ufeff${head().toUpperCase()}`)).toMatchObject({
    faults: [],
    remarks: [[3, null]],
  });
});

const invisible = fc
  .array(fc.constantFrom('\u200b', '\u00a0', '\u00ad', '\ufeff', '\u200e', '\u2060', '\u3164', ' '), {
    minLength: 1,
    maxLength: 3,
  })
  .map((parts) => parts.join(''));

test('what is not seen around a cell is no part of it', async () => {
  await fc.assert(
    fc.asyncProperty(invisible, fc.constantFrom(...COLUMNS), async (unseen, column) => {
      const [plain] = (await read(head() + row())).orders;
      for (const cell of [unseen + GOOD[column], GOOD[column] + unseen]) {
        const { orders, faults } = await read(head() + row({ [column]: cell }));
        expect(faults).toEqual([]);
        expect(
          orders.map(({ reference, order }) => ({
            reference,
            order: { ...order, lines: order.lines.map((line) => ({ ...line, id: '' })) },
          })),
        ).toEqual([
          {
            reference: plain!.reference,
            order: { ...plain!.order, lines: plain!.order.lines.map((line) => ({ ...line, id: '' })) },
          },
        ]);
      }
    }),
    { numRuns: 50 },
  );
});

test.each(['reference', 'sku', 'email'] as const)(
  'an invisible character within the %s is a fault that says so',
  async (column) => {
    for (const unseen of ['\u200b', '\u00a0', '\u00ad', '\u200d', '\ufeff']) {
      const cell = `${GOOD[column][0]}${unseen}${GOOD[column].slice(1)}`;
      const { faults, orders } = await read(
        head() + row() + row({ [column]: cell, reference: column === 'reference' ? cell : 'V-2' }),
      );
      expect(faults).toEqual([{ line: 3, column, sentence: expect.stringContaining('an invisible character') }]);
      expect(orders.length).toBe(1);
    }
  },
);

test.each(['\u200b', '\u00a0', '\u200d', '\ufeff\u00ad'])('a name of %j alone is none', async (name) => {
  expect((await read(head() + row({ name }))).faults).toEqual([
    { line: 2, column: 'name', sentence: 'A name is needed.' },
  ]);
});

test.each(['4.68769E+17', '1,23457E+12', '1e+05', '468769123456789000', '100000000000000000000'])(
  'the reference %s is that of nobody knows how many orders',
  async (reference) => {
    const { orders, faults, faultyOrders } = await read(
      head(';') + row({ reference }, ';') + row({ reference, sku: 'TEX' }, ';') + row({}, ';'),
    );
    expect(
      faults.map(({ line, column, sentence }) => [line, column, /rounded by a spreadsheet/.test(sentence)]),
    ).toEqual([
      [2, 'reference', true],
      [3, 'reference', true],
    ]);
    expect([orders.length, faultyOrders]).toEqual([1, 2]);
  },
);

test.each(['12E4', '5550000128520', '468769123456789012', '1000', '2026000000000000'])(
  'the reference %s is one',
  async (reference) => {
    expect((await read(head() + row({ reference }))).orders.map((order) => order.reference)).toEqual([reference]);
  },
);

test('what was written as a formula so that a spreadsheet keeps it is the text within', async () => {
  const { orders, faults } = await read(
    `${head()}${row({ reference: '"=""0012"""', sku: '="0096"', title: `"'=""x"""` })}`,
  );
  expect([faults, orders[0]?.reference, orders[0]?.order.lines]).toMatchObject([
    [],
    '0012',
    [{ sku: '0096', title: '="x"' }],
  ]);
});

test.each([
  '#N/A',
  '#REF!',
  '#VALUE!',
  '#DIV/0!',
  '#NAME?',
  '#NUM!',
  '#NULL!',
  '#SPILL!',
  '#NV',
  '#WERT!',
  '#BEZUG!',
  '########',
])('%s is one fault in whatever column', async (error) => {
  for (const column of COLUMNS) {
    const { faults, orders } = await read(head() + row({ [column]: error }));
    expect(faults).toEqual([{ line: 2, column, sentence: `“${error}” is an error of the spreadsheet, not a value.` }]);
    expect(orders).toEqual([]);
  }
});

test('what only begins like one is text: #17, #1 of 2, # and !', async () => {
  for (const reference of ['#17', '#1 of 2', '#', '#sale!'])
    expect((await read(head() + row({ reference }))).faults).toEqual([]);
});

test('in files of tabs an inch mark is a character, and quotes still hold a tab', async () => {
  const { orders, faults } = await read(head('\t') + row({ title: 'Print 6" x 8"', note: '"a\tb ""c"""' }, '\t'));
  expect([faults, orders[0]?.order]).toMatchObject([[], { note: 'a\tb "c"', lines: [{ title: 'Print 6" x 8"' }] }]);
});

test('a time to come is marked; yesterday and any hour that summer time skips are times', async () => {
  const { orders, remarks } = await read(
    head() +
      row({ placed_at: '2099-01-01' }) +
      row({ reference: 'V-2', placed_at: '2026-03-29 02:30' }) +
      row({ reference: 'V-3', placed_at: '2026-03-08 02:30:00 -0500' }),
  );
  expect(remarks).toEqual([{ line: 2, column: 'placed_at', sentence: expect.stringContaining('in the future') }]);
  expect(orders.map(({ order }) => order.placedAt)).toEqual([
    '2099-01-01T00:00:00.000Z',
    '2026-03-29T02:30:00.000Z',
    '2026-03-08T07:30:00.000Z',
  ]);
});

test('an order of 200 lines is taken, one of 201 has its fault at the line too many', async () => {
  const lines = (count: number) => Array.from({ length: count }, (_, i) => row({ sku: `S${i}` })).join('');
  expect(await told(head() + lines(200))).toMatchObject({ orders: [['V-1', 2]], faults: [] });
  expect((await read(head() + lines(201))).faults).toEqual([
    { line: 202, column: null, sentence: expect.stringMatching(/^An order has at most 200 lines, this one 201\./) },
  ]);
});

test('no fault speaks the language of programs', async () => {
  const cell = fc.oneof(
    fc.string(),
    fc.string({ unit: 'grapheme' }),
    fc.string({ minLength: 250, maxLength: 350, unit: fc.constantFrom('a', '1', '@') }),
    fc.double().map(String),
    fc.bigInt({ min: 0n, max: 10n ** 20n }).map(String),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc.constantFrom('2026-02-30T10:00:00Z', '2026-11-22 24:00', '1969-12-31', '2100-01-01', '2026-11-22 10:00+23:59'),
  );
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.constantFrom(...COLUMNS), cell, { minKeys: 1 }), async (order) => {
      const quoted = Object.fromEntries(
        Object.entries(order).map(([column, text]) => [column, `"${text.replaceAll('"', '""')}"`]),
      );
      const { faults } = await read(head() + row(quoted));
      for (const { sentence } of faults)
        expect(sentence).not.toMatch(/expected|received|Invalid|Too (big|small)|undefined|NaN/i);
    }),
    { numRuns: 500 },
  );
});
