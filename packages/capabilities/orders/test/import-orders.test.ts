import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { emptyShop } from '@windlass/testkit/house/empty-shop';
import { listenLive } from '@windlass/testkit/house/listen-live';
import { type Bundle, makeBundle } from '@windlass/testkit/house/make-bundle';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { placeOrder } from '@windlass/testkit/house/place-order';
import { runSql } from '@windlass/testkit/house/run-sql';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { csvFile, csvLine, CSV_COLUMNS, importFile, postFile, uploadFile } from '@windlass/testkit/house/upload-file';
import { dataOf, errorOf, openVisitor } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;
let other: Shop;
let bundle: Bundle;

beforeAll(async () => {
  house = await startHouse();
  [shop, other] = await Promise.all([makeShop(house, 'Paper & Signal'), makeShop(house, 'The Other Shop')]);
  bundle = await makeBundle(house, shop);
});
afterAll(() => house.close());
beforeEach(() => emptyShop(house, shop));

const operator = () => shop.operator.visitor;
type Written = { orders: number; lines: number; imports: number; staged: number; audits: number };
const written = async () =>
  (
    await runSql<Written>(
      house,
      `select (select count(*)::int from customer_order) as orders, (select count(*)::int from order_line) as lines,
    (select count(*)::int from order_import) as imports, (select count(*)::int from order_import_row) as staged,
    (select count(*)::int from audit_entry where action like 'orders.import%') as audits`,
    )
  )[0]!;
const references = async () =>
  (
    await runSql<{ reference: string }>(
      house,
      'select reference from customer_order where shop_id = $1 order by number',
      [shop.id],
    )
  ).map((row) => row.reference);

test('a checked file writes no order; asked for, its orders wait for approval with their lines joined to their bundles', async () => {
  const report = await uploadFile(
    house,
    operator(),
    csvFile(
      csvLine('A-1', `Ada,ada@example.com,EUR,${bundle.sku},,1,19.99`),
      csvLine('A-1', ',,,MUG,A mug,2,9.00'),
      csvLine('A-2'),
    ),
  );
  expect(report).toMatchObject({
    state: 'checked',
    lineCount: 3,
    orderCount: 2,
    newCount: 2,
    faultCount: 0,
    job: null,
    result: null,
  });
  expect(report.preview).toMatchObject([
    { reference: 'A-1', line: 2, totalMinor: 3799, lineCount: 2, bundleCount: 1, known: false },
    { reference: 'A-2', lineCount: 1, bundleCount: 0 },
  ]);
  expect(await references()).toEqual([]);

  const done = await importFile(operator(), report.id);
  expect(done.result).toMatchObject({ imported: 2, skipped: 0 });
  const { rows } = dataOf(await shop.viewer.visitor.query('orders.list', { tab: 'waiting', search: 'ada' }));
  expect(rows.map((row) => row.number).toSorted()).toEqual([done.result!.firstNumber, done.result!.lastNumber]);
  const order = dataOf(
    await shop.viewer.visitor.query('orders.get', { id: rows.find((row) => row.lineCount === 2)!.id }),
  );
  expect(order).toMatchObject({
    reference: 'A-1',
    total: { minor: 3799, currency: 'EUR' },
    customerName: 'Ada',
    lines: [
      { sku: bundle.sku, title: bundle.sku, bundle: { id: bundle.id } },
      { sku: 'MUG', quantity: 2, bundle: null },
    ],
  });
  expect(order.timeline.map((event) => [event.type, event.data.source])).toEqual([['order.placed', 'csv']]);
});

test('an imported order is found by name, address, number and reference, and can be approved like any other', async () => {
  const { id } = await uploadFile(
    house,
    operator(),
    csvFile(csvLine('ZZ-77', `Großmann,g@example.com,EUR,${bundle.sku},,1,1`)),
  );
  const { result } = await importFile(operator(), id);
  for (const search of ['großmann', 'g@example.com', `#${result!.firstNumber}`, 'zz-77']) {
    const { rows } = dataOf(await operator().query('orders.list', { search }));
    expect([search, rows.length]).toEqual([search, 1]);
    if (search === 'zz-77') dataOf(await operator().mutate('approvals.approve', { orderId: rows[0]!.id }));
  }
});

// 110
test('with one faulty line nothing is written unless the good ones are asked for by name', async () => {
  const lines = Array.from({ length: 300 }, (_, i) =>
    csvLine(`F-${i}`, i === 120 ? 'Ada,nonsense,EUR,MUG,,1,1' : undefined),
  );
  const report = await uploadFile(house, operator(), csvFile(...lines));
  expect(report).toMatchObject({
    orderCount: 299,
    faultyOrders: 1,
    faultCount: 1,
    faults: [{ line: 122, column: 'email' }],
  });
  const refused = await operator().mutate('orders.startImport', { id: report.id, which: 'all' });
  expect([refused.status, refused.error?.code]).toEqual([422, 'FAULTY_LINES']);
  expect(await references()).toEqual([]);
  const { result } = await importFile(operator(), report.id, 'good');
  expect(result).toMatchObject({ imported: 299, skipped: 0 });
  expect(await references()).not.toContain('F-120');
});

test('of 250 faults the first hundred are shown by line, and all are counted', async () => {
  const report = await uploadFile(
    house,
    operator(),
    csvFile(
      csvLine('A-1'),
      ...Array.from({ length: 250 }, (_, i) => csvLine(`B-${i}`, 'Ada,ada@example.com,EUR,MUG,,0,1')),
    ),
  );
  expect([report.faultCount, report.faults.length, report.faults[0]!.line, report.faults.at(-1)!.line]).toEqual([
    250, 100, 3, 102,
  ]);
});

test('the same file twice, the same orders in another file, and twenty clicks at once make no second order', async () => {
  const file = csvFile(csvLine('A-1'), csvLine('A-2'));
  const first = await uploadFile(house, operator(), file);
  await Promise.all(
    Array.from({ length: 20 }, () => operator().mutate('orders.startImport', { id: first.id, which: 'all' })),
  );
  await importFile(operator(), first.id);
  const again = await uploadFile(house, operator(), file);
  expect(again).toMatchObject({
    orderCount: 2,
    newCount: 0,
    importedBefore: { orders: 2, by: shop.operator.name },
    preview: [{ known: true }, { known: true }],
  });
  expect((await importFile(operator(), again.id)).result).toMatchObject({ imported: 0, skipped: 2, firstNumber: null });
  const more = await uploadFile(house, operator(), csvFile(csvLine('A-3'), csvLine('A-2')));
  expect(more).toMatchObject({ newCount: 1 });
  expect((await importFile(operator(), more.id)).result).toMatchObject({ imported: 1, skipped: 1 });
  expect(await references()).toEqual(['A-1', 'A-2', 'A-3']);
});

test('two files with the same orders imported at the same time make each order once', async () => {
  const lines = Array.from({ length: 400 }, (_, i) => csvLine(`P-${i}`));
  const [one, two] = await Promise.all([
    uploadFile(house, operator(), csvFile(...lines)),
    uploadFile(house, operator(), csvFile(...lines.toReversed())),
  ]);
  const done = await Promise.all([importFile(operator(), one.id), importFile(operator(), two.id)]);
  expect(done.map(({ result }) => result!.imported).toSorted((a, b) => a - b)).toEqual([0, 400]);
  expect((await references()).length).toBe(400);
});

test('an order that came by API under the same reference is left alone', async () => {
  await placeOrder(house, shop, { reference: 'WEB-9' });
  const report = await uploadFile(house, operator(), csvFile(csvLine('WEB-9'), csvLine('WEB-10')));
  expect(report).toMatchObject({ orderCount: 2, newCount: 1 });
  expect((await importFile(operator(), report.id)).result).toMatchObject({ imported: 1, skipped: 1 });
});

test('a shop that calls its orders by a number of ours means its own order', async () => {
  const { number } = await placeOrder(house, shop);
  const report = await uploadFile(
    house,
    operator(),
    csvFile(csvLine(`#${number}`, 'Another Customer,another@example.com,EUR,MUG,,1,1')),
  );
  expect(report).toMatchObject({ newCount: 1, preview: [{ known: false }] });
  expect((await importFile(operator(), report.id)).result).toMatchObject({ imported: 1, skipped: 0 });
});

test('what is taken and stands out is shown by its line, and keeps no order out', async () => {
  const report = await uploadFile(
    house,
    operator(),
    `Orders of the week\n${csvFile(csvLine('A-1'), CSV_COLUMNS, csvLine('A-2'))}`,
  );
  expect(report).toMatchObject({
    lineCount: 2,
    orderCount: 2,
    faultCount: 0,
    remarks: [
      { line: 2, column: null },
      { line: 4, column: null },
    ],
  });
  expect((await importFile(operator(), report.id)).result).toMatchObject({ imported: 2 });
});

test('what another program’s file says of the money stands on its orders, and one not paid needs a word', async () => {
  const columns = 'Name,Email,Financial Status,Currency,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku';
  const order = (name: string, status: string) => `${name},ada@example.com,${status},EUR,1,Icons,12.00,${bundle.sku}`;
  const file = [columns, order('#1', 'paid'), order('#2', 'pending'), ''].join('\n');
  const { id } = await uploadFile(house, operator(), file);
  await importFile(operator(), id);
  const { rows } = dataOf(await operator().query('orders.list', { tab: 'waiting' }));
  const said = rows.map(({ reference, paymentStatus, concerns }) => [reference, paymentStatus, concerns]);
  expect(said).toEqual(
    expect.arrayContaining([
      ['#1', 'paid', []],
      ['#2', 'unpaid', ['unpaid']],
    ]),
  );
  const unpaid = rows.find(({ reference }) => reference === '#2')!;
  const refused = await operator().mutate('approvals.approve', { orderId: unpaid.id });
  expect(refused.error?.code).toBe('NOT_CONFIRMED');
});

test('numbers go on without a gap, before and after an import', async () => {
  const before = await placeOrder(house, shop);
  const { id } = await uploadFile(
    house,
    operator(),
    csvFile(...Array.from({ length: 5 }, (_, i) => csvLine(`N-${i}`))),
  );
  const { result } = await importFile(operator(), id);
  expect([result!.firstNumber, result!.lastNumber]).toEqual([before.number + 1, before.number + 5]);
  expect((await placeOrder(house, shop)).number).toBe(before.number + 6);
});

test('an open list hears of an import once, whatever its size', async () => {
  const live = await listenLive(house, shop.viewer.visitor, { topics: 'orders,jobs' });
  await live.untilSignal('hello');
  const { id } = await uploadFile(
    house,
    operator(),
    csvFile(...Array.from({ length: 2_500 }, (_, i) => csvLine(`L-${i}`))),
  );
  await importFile(operator(), id);
  const of = (type: string) => live.events.filter((event) => event.type === type);
  await until('the word of the import', () => of('orders.imported').length > 0);
  live.close();
  expect(of('orders.imported')).toMatchObject([
    { topic: 'orders', subject: id, data: { orders: 2_500, by: shop.operator.name } },
  ]);
  expect(of('order.placed')).toEqual([]);
});

test('ten thousand orders are checked and written, with progress on the way', async () => {
  const lines = Array.from({ length: 10_000 }, (_, i) =>
    csvLine(`T-${i}`, `Customer ${i},c${i}@example.com,EUR,${bundle.sku},A bundle,1,19.99`),
  );
  const live = await listenLive(house, shop.viewer.visitor, { topics: 'jobs' });
  const report = await uploadFile(house, operator(), csvFile(...lines));
  const { result } = await importFile(operator(), report.id);
  expect(result).toMatchObject({ imported: 10_000 });
  expect(
    live.events.some(({ type, data }) => type === 'job.progress' && /of 10,000 orders/.test(String(data.note))),
  ).toBe(true);
  live.close();
});

test('after the morning’s prune, when the database believes that no rows are staged, each row is looked at a few times, not once for each other', async () => {
  const rows = 3_000;
  // The statistics of yesterday stay: all rows are of yesterday's file, so it expects none of another.
  await uploadFile(house, operator(), csvFile(...Array.from({ length: rows }, (_, i) => csvLine(`Y-${i}`))));
  await runSql(house, 'analyze order_import_row');
  await runSql(house, 'delete from order_import_row');
  await runSql(house, 'vacuum analyze order_import_row');
  const looks = async () => {
    await runSql(house, 'select pg_stat_force_next_flush()');
    return Number(
      (
        await runSql<{ looks: string }>(
          house,
          `select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) as looks
            from pg_stat_user_tables where relname = 'order_import_row'`,
        )
      )[0]!.looks,
    );
  };
  const { id } = await uploadFile(
    house,
    operator(),
    csvFile(...Array.from({ length: rows }, (_, i) => csvLine(`P-${i}`))),
  );
  const before = await looks();
  expect((await importFile(operator(), id)).result).toMatchObject({ imported: rows, skipped: 0 });
  // The worker's connection tells what it has read when it is idle, within a second.
  const read = await until('the worker to tell what it has read', async () => {
    const soFar = (await looks()) - before;
    return soFar >= 2 * rows && soFar;
  });
  expect(read).toBeLessThan(20 * rows);
});

test('the click is in the audit log with the person and the choice', async () => {
  const { id } = await uploadFile(house, operator(), csvFile(csvLine('A-1')));
  await importFile(operator(), id);
  const entries = await runSql(house, `select actor_id as actor, data from audit_entry where subject = $1`, [id]);
  expect(entries).toEqual([{ actor: shop.operator.id, data: { which: 'all', orders: 1 } }]);
});

test.each<[string, () => string | Uint8Array, number, string, RegExp]>([
  ['no header', () => csvLine('A-1'), 422, 'BAD_HEADER', /^Line 1: /],
  [
    'a __proto__ column',
    () => csvFile(csvLine('A-1')).replace('reference', '__proto__,reference'),
    422,
    'BAD_HEADER',
    /^Line 1: /,
  ],
  ['an unclosed quote', () => csvFile(csvLine('A-1'), csvLine('A-2', '"Ada')), 422, 'UNCLOSED_QUOTE', /^Line 3: /],
  ['a cell of 1 MB', () => csvFile(csvLine('A-1'), csvLine('x'.repeat(1_000_000))), 422, 'UNCLOSED_QUOTE', /^Line 3: /],
  [
    'a cell of 11 kB',
    () => csvFile(csvLine('A-1'), csvLine('A-2', `Ada,ada@example.com,EUR,MUG,${'x'.repeat(11_000)},1,1`)),
    422,
    'CELL_TOO_LARGE',
    /^Line 3: /,
  ],
  ['50,001 lines', () => csvFile(...Array(50_001).fill('A-1')), 422, 'TOO_MANY_ROWS', /^Line 50,002: /],
  ['11 MB', () => csvFile(...Array(120_000).fill(csvLine('A-1', 'x'.repeat(90)))), 413, 'FILE_TOO_LARGE', /10 MB/],
  [
    'bytes of no text',
    () => Buffer.concat([Buffer.from(csvFile('ü')), Buffer.from([0xff, 0xfe, 0x80])]),
    422,
    'BAD_ENCODING',
    /^Line 3: /,
  ],
  ['nothing', () => '', 422, 'EMPTY_FILE', /empty/],
])('a file with %s is refused with its line, and nothing is kept', async (_what, file, status, code, words) => {
  const before = await written();
  const answer = await postFile(house, operator(), file());
  expect([answer.status, errorOf(answer).code]).toEqual([status, code]);
  expect(errorOf(answer).message).toMatch(words);
  expect(await written()).toEqual(before);
});

/** Piece after piece without an end, and without a Content-Length. */
const endless = (piece: string) => {
  let sent = 0;
  return {
    sent: () => sent,
    body: new ReadableStream({
      pull: (stream) => {
        sent += piece.length;
        stream.enqueue(new TextEncoder().encode(piece));
      },
    }),
  };
};

test('a file that does not end is cut off with its line, and nothing is kept', async () => {
  const before = await written();
  const file = endless(`${CSV_COLUMNS}\n${`${csvLine('A-1', 'x'.repeat(5_000))}\n`.repeat(20)}`);
  const answer = await postFile(house, operator(), file.body).catch((error: Error) => error);
  if (!(answer instanceof Error)) expect([answer.status, errorOf(answer).code]).toEqual([413, 'FILE_TOO_LARGE']);
  expect(file.sent()).toBeLessThan(40_000_000);
  expect(await written()).toEqual(before);
});

test('a browser that goes away in the middle leaves nothing behind', async () => {
  const before = await written();
  const stop = new AbortController();
  const body = new ReadableStream({
    start: (stream) => stream.enqueue(new TextEncoder().encode(csvFile(csvLine('A-1')))),
    pull: () => new Promise(() => undefined),
  });
  const sent = fetch(`${house.server.url}/api/orders/imports`, {
    method: 'POST',
    headers: { cookie: operator().cookie, 'content-type': 'text/csv' },
    body,
    duplex: 'half',
    signal: stop.signal,
  } as RequestInit).catch((error: Error) => error.name);
  setTimeout(() => stop.abort(), 200);
  expect(await sent).toBe('AbortError');
  expect(await written()).toEqual(before);
});

test('who is nobody, only a viewer, or another site uploads nothing', async () => {
  const before = await written();
  const nobody = openVisitor(() => house.server.url);
  expect((await postFile(house, nobody, csvFile(csvLine('A-1')))).status).toBe(401);
  expect((await postFile(house, shop.viewer.visitor, csvFile(csvLine('A-1')))).status).toBe(403);
  const theirs: Record<string, string>[] = [
    { origin: 'https://evil.test' },
    { 'sec-fetch-site': 'cross-site' },
    { 'content-type': 'text/plain' },
    { 'content-type': 'multipart/form-data' },
  ];
  for (const headers of theirs) {
    const answer = await postFile(house, operator(), csvFile(csvLine('A-1')), { headers });
    expect([answer.status, errorOf(answer).code]).toEqual([403, 'CROSS_SITE']);
  }
  expect(await written()).toEqual(before);
});

test('another shop sees neither the upload nor its orders, and cannot start it', async () => {
  const { id } = await uploadFile(house, operator(), csvFile(csvLine('A-1')));
  expect((await other.admin.visitor.query('orders.import', { id })).status).toBe(404);
  expect((await other.admin.visitor.mutate('orders.startImport', { id, which: 'all' })).status).toBe(404);
  expect(await references()).toEqual([]);
});

test('a file checked more than a day ago is pruned, says so, and is not imported by surprise', async () => {
  const { workerPlug } = await import('@windlass/capabilities/orders/worker-plug');
  const { id } = await uploadFile(house, operator(), csvFile(csvLine('A-1')));
  await workerPlug.prune!(house.database.sql);
  expect((await uploadFile(house, operator(), csvFile(csvLine('A-1')))).state).toBe('checked');
  await runSql(house, `update order_import set created_at = now() - interval '25 hours' where id = $1`, [id]);
  await workerPlug.prune!(house.database.sql);
  expect(dataOf(await operator().query('orders.import', { id }))).toMatchObject({ state: 'expired' });
  const answer = await operator().mutate('orders.startImport', { id, which: 'all' });
  expect([answer.status, answer.error?.code]).toEqual([409, 'EXPIRED']);
  expect(await runSql(house, 'select 1 from order_import_row where import_id = $1', [id])).toEqual([]);
});

test('a cancelled import has written nothing and can be asked for again', async () => {
  await house.stopWorker();
  const { id } = await uploadFile(house, operator(), csvFile(csvLine('A-1')));
  const { jobId } = dataOf(await operator().mutate('orders.startImport', { id, which: 'all' }));
  dataOf(await operator().mutate('operations.cancelJob', { id: jobId }));
  expect(dataOf(await operator().query('orders.import', { id }))).toMatchObject({
    state: 'importing',
    job: { state: 'cancelled' },
  });
  await house.startWorker();
  expect((await importFile(operator(), id)).result).toMatchObject({ imported: 1 });
});
