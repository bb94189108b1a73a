import type { ColumnChoice } from '@windlass/capabilities/orders/intake-contract';
import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { emptyShop } from '@windlass/testkit/house/empty-shop';
import { makePerson, makeShop, type Person, type Shop } from '@windlass/testkit/house/make-shop';
import { runSql } from '@windlass/testkit/house/run-sql';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { csvFile, csvLine, importFile, uploadFile } from '@windlass/testkit/house/upload-file';
import { dataOf } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;
let other: Shop;
let colleague: Person;

beforeAll(async () => {
  house = await startHouse();
  [shop, other] = await Promise.all([makeShop(house, 'Paper & Signal'), makeShop(house, 'The Other Shop')]);
  colleague = await makePerson(house, shop.id, 'operator');
});
afterAll(() => house.close());
beforeEach(async () => {
  await emptyShop(house, shop);
  await runSql(house, 'delete from order_column_choice');
});

const operator = () => shop.operator.visitor;
const HEAD = 'Bestellnr.;Kunde;Anschrift;Ware;Artikelnummer;Menge;Stückpreis;Filiale';
/** An order of an odd program, with two lines, and one without an address. */
const odd = (tag: string, head = HEAD) =>
  [
    'Bericht vom Montag',
    '',
    head,
    `${tag}-1;Ada;ada@example.com;Papier;TEX-PAPER;2;"9,50 €";Nord`,
    `${tag}-1;;;Symbole;ICON-96;1;"12,00 €";Nord`,
    `${tag}-2;Bo;;Papier;TEX-PAPER;1;"9,50 €";Nord`,
    '',
  ].join('\n');
const none: ColumnChoice['columns'] = {
  reference: null,
  placed_at: null,
  name: null,
  email: null,
  currency: null,
  sku: null,
  title: null,
  quantity: null,
  unit_price: null,
  note: null,
};
const right: ColumnChoice = {
  columns: {
    ...none,
    reference: 'bestellnr.',
    name: 'kunde',
    email: 'anschrift',
    title: 'ware',
    sku: 'artikelnummer',
    quantity: 'menge',
    unit_price: 'stückpreis',
  },
  currency: 'EUR',
};
const columnsOf = async (id: string, visitor = operator()) =>
  dataOf(await visitor.query('orders.importColumns', { id }));
const reportOf = async (id: string, visitor = operator()) => dataOf(await visitor.query('orders.import', { id }));
const choose = (id: string, choice: ColumnChoice | null, visitor = operator()) =>
  visitor.mutate('orders.chooseColumns', { id, choice });

test('a file whose columns nobody knows waits with them, what its first lines say in each, and a guess', async () => {
  const report = await uploadFile(house, operator(), odd('A'));
  expect(report).toMatchObject({
    state: 'checked',
    needsColumns: true,
    canChoose: true,
    columnsChosen: null,
    lineCount: 3,
    orderCount: 0,
    faultCount: 0,
    preview: [],
  });
  const { line, columns, choice, isChosen, system } = await columnsOf(report.id);
  expect([line, isChosen, system, columns.length]).toEqual([3, false, null, 8]);
  expect(columns[2]).toEqual({ key: 'anschrift', label: 'Anschrift', samples: ['ada@example.com', '', ''] });
  // By their names; the addresses by what they are, the currency by its sign.
  expect(choice).toEqual(right);
  const refused = await operator().mutate('orders.startImport', { id: report.id, which: 'good' });
  expect([refused.status, refused.error?.code]).toEqual([422, 'COLUMNS']);
});

test('read by chosen columns, its orders are previewed with faults in the file’s own words, and imported', async () => {
  const { id } = await uploadFile(house, operator(), odd('B'));
  dataOf(await choose(id, right));
  const report = await reportOf(id);
  expect(report).toMatchObject({
    needsColumns: false,
    orderCount: 1,
    faultyOrders: 1,
    faults: [{ line: 6, column: 'Anschrift' }],
    leftOut: ['Filiale'],
    columnsChosen: { byMe: true, by: shop.operator.name },
  });
  expect(report.preview).toMatchObject([
    { reference: 'B-1', customerName: 'Ada', currency: 'EUR', totalMinor: 3100, lineCount: 2 },
  ]);
  expect((await importFile(operator(), id, 'good')).result).toMatchObject({ imported: 1 });
});

test('the next file of the kind goes straight through, whatever the order of its columns and whoever sends it', async () => {
  const first = await uploadFile(house, operator(), odd('C'));
  dataOf(await choose(first.id, right));
  const turned =
    'Filiale;Stückpreis;Bestellnr.;Kunde;Anschrift;Ware;Artikelnummer;Menge\n' +
    'Nord;"9,50 €";C-3;Ada;ada@example.com;Papier;TEX-PAPER;2\n';
  const second = await uploadFile(house, colleague.visitor, turned);
  expect(second).toMatchObject({
    needsColumns: false,
    orderCount: 1,
    faultCount: 0,
    columnsChosen: { byMe: false, by: shop.operator.name },
    preview: [{ reference: 'C-3', totalMinor: 1900 }],
  });
  expect(Date.now() - Date.parse(second.columnsChosen!.at)).toBeLessThan(60_000);
  expect(await columnsOf(second.id, colleague.visitor)).toMatchObject({ isChosen: true, choice: right });
  // One column more is another kind of file, and another shop chooses for itself.
  expect(await uploadFile(house, operator(), odd('C', `${HEAD};Lager`))).toMatchObject({ needsColumns: true });
  expect(await uploadFile(house, other.operator.visitor, odd('C'))).toMatchObject({ needsColumns: true });
});

test.each<[string, Partial<ColumnChoice['columns']>, string | null, string[]]>([
  ['no column for the address', { email: null }, 'EUR', ['choice.columns.email']],
  ['neither a column nor a word for the currency', {}, null, ['choice.columns.currency']],
  ['a column that the file does not have', { sku: 'colour' }, 'EUR', ['choice.columns.sku']],
  [
    'nothing at all',
    none,
    null,
    ['reference', 'name', 'email', 'currency', 'sku', 'unit_price'].map((name) => `choice.columns.${name}`),
  ],
  ['a currency that does not exist', {}, 'EUT', ['choice.currency']],
])('%s is refused by its field, and what was read before stays', async (_what, change, currency, fields) => {
  const { id } = await uploadFile(house, operator(), odd('D'));
  dataOf(await choose(id, right));
  const refused = await choose(id, { columns: { ...right.columns, ...change }, currency });
  expect([refused.status, Object.keys(refused.error?.fields ?? {})]).toEqual([422, fields]);
  expect(await reportOf(id)).toMatchObject({ orderCount: 1 });
});

test('a column may be two things, one there twice is told by its place, and another currency’s sign is a fault', async () => {
  const { id } = await uploadFile(
    house,
    operator(),
    'Nr,Mail,Mail,What,Each\n1,our@example.com,ada@example.com,Icons,$12.00\n2,our@example.com,bo@example.com,Icons,12.00\n',
  );
  const columns = {
    ...none,
    reference: 'nr',
    name: 'mail 2',
    email: 'mail 2',
    sku: 'what',
    title: 'what',
    unit_price: 'each',
  };
  dataOf(await choose(id, { columns, currency: 'EUR' }));
  expect(await reportOf(id)).toMatchObject({
    orderCount: 1,
    faults: [{ line: 2, column: 'Each' }],
    preview: [{ reference: '2', customerName: 'bo@example.com', customerEmail: 'bo@example.com' }],
  });
  dataOf(await choose(id, { columns, currency: 'USD' }));
  expect(await reportOf(id)).toMatchObject({ orderCount: 2, faultCount: 0 });
});

const SHOPIFY =
  'Name,Email,Financial Status,Currency,Lineitem quantity,Lineitem name,Lineitem price,Billing Name,Shipping Name\n' +
  '#S-1,ada@example.com,paid,EUR,1,Icons,12.00,Ada,Bo\n' +
  '#S-2,bo@example.com,refunded,EUR,1,Icons,12.00,Cy,Di\n';

test('a known program’s export can be read by other columns, and by its own again', async () => {
  const { id } = await uploadFile(house, operator(), SHOPIFY);
  const { choice, system, isChosen } = await columnsOf(id);
  expect([system, isChosen, choice.columns.reference, choice.columns.name, choice.columns.unit_price]).toEqual([
    'Shopify',
    false,
    'name',
    'billing_name',
    'lineitem_price',
  ]);
  dataOf(await choose(id, { ...choice, columns: { ...choice.columns, name: 'shipping_name' } }));
  expect(await reportOf(id)).toMatchObject({
    orderCount: 2,
    preview: [{ customerName: 'Bo' }, { customerName: 'Di' }],
  });
  dataOf(await choose(id, null));
  expect(await reportOf(id)).toMatchObject({
    orderCount: 1,
    columnsChosen: null,
    preview: [{ customerName: 'Ada' }],
    remarks: [{ line: 1 }, { line: 3 }],
  });
  expect(await columnsOf(id)).toMatchObject({ isChosen: false });
});

test('what was chosen and forgotten is asked for again', async () => {
  const { id } = await uploadFile(house, operator(), odd('E'));
  dataOf(await choose(id, right));
  dataOf(await choose(id, null));
  expect(await reportOf(id)).toMatchObject({ needsColumns: true, orderCount: 0, columnsChosen: null, preview: [] });
});

test('once the import is asked for its columns stay, and the file itself is gone', async () => {
  const { id } = await uploadFile(house, operator(), csvFile(csvLine('F-1')));
  expect(await reportOf(id)).toMatchObject({ canChoose: true, needsColumns: false });
  await importFile(operator(), id);
  expect(await reportOf(id)).toMatchObject({ canChoose: false });
  const refused = await choose(id, null);
  expect([refused.status, refused.error?.code]).toEqual([409, 'NOT_KEPT']);
  expect(await runSql(house, 'select 1 from order_import_file where import_id = $1', [id])).toEqual([]);
});

test('of two choices at once the rows of one stand, not of both', async () => {
  const { id } = await uploadFile(house, operator(), odd('G'));
  await Promise.all(Array.from({ length: 6 }, (_, i) => choose(id, { ...right, currency: i % 2 ? 'EUR' : 'USD' })));
  const [{ rows } = { rows: 0 }] = await runSql<{ rows: number }>(
    house,
    'select count(*)::int as rows from order_import_row where import_id = $1',
    [id],
  );
  const report = await reportOf(id);
  expect([rows, report.orderCount + report.faultyOrders]).toEqual([report.orderCount, 2]);
});

test('a kept file goes after a day, and with any customer who is erased', async () => {
  const { workerPlug } = await import('@windlass/capabilities/orders/worker-plug');
  const kept = async () =>
    (
      await runSql<{ id: string }>(
        house,
        'select f.import_id as id from order_import_file f join order_import i on i.id = f.import_id where shop_id = $1',
        [shop.id],
      )
    ).map(({ id }) => id);
  await runSql(house, 'delete from order_import_file');
  const [old, young] = [await uploadFile(house, operator(), odd('H')), await uploadFile(house, operator(), odd('I'))];
  await runSql(house, `update order_import set created_at = now() - interval '25 hours' where id = $1`, [old.id]);
  await workerPlug.prune!(house.database.sql);
  expect(await kept()).toEqual([young.id]);
  dataOf(await shop.admin.visitor.mutate('customers.erase', { email: 'ada@example.com', confirm: 'ada@example.com' }));
  await until('the erasure', async () => (await kept()).length === 0);
  expect(await reportOf(young.id)).toMatchObject({ needsColumns: true, canChoose: false });
});
