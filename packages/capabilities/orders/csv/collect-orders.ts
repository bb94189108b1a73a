import { newId } from '@windlass/db/ids';
import { checkAddress } from '@windlass/messaging/check-address';
import { hasVisible, trimInvisible } from '@windlass/messaging/invisible';
import { type DecimalSign, isCurrency, parseMinor } from '../../kit/decimal-money.ts';
import { type PaymentStatus, receivedOrder } from '../contract.ts';
import type { ImportFault, StagedOrder } from '../intake-contract.ts';
import type { ColumnName } from './columns.ts';
import { type Cells, type ExportFormat, skuOf, type Translated } from './exports/export-format.ts';
import { takeSignOff } from './exports/signed-amount.ts';
import { findDamage } from './find-damage.ts';
import { plainCell } from './guard-cell.ts';
import { parseWhen } from './parse-when.ts';
import { type CsvHeader, isHeaderAgain } from './read-header.ts';
import type { CsvRecord } from './read-records.ts';

export type CollectedOrder = { orderId: string; reference: string; line: number; order: StagedOrder };
export type Collected = {
  lineCount: number;
  orders: CollectedOrder[];
  faultyOrders: number;
  faultCount: number;
  faults: ImportFault[];
  remarks: ImportFault[];
};

/** `bare`: it says whose the order is, and names nothing bought. */
type Row = { line: number; cells: Cells; bare?: boolean; payment?: PaymentStatus | undefined };

export const STRAY_QUOTE =
  'a quotation mark stands inside a cell. Write the cell in quotation marks and double the ones within: "6"" print".';
const NO_LINES = 'This order has no lines.';
/** As the contract has it for every way in. */
const MOST_LINES = 200;
/** What differs by zones and clocks is no future. In ms. */
const SOON_MS = 86_400_000;
/** Kept for sorting by line; beyond it faults are counted only. */
const MOST_FAULTS_KEPT = 20_000;
/** What an order says once. Further lines repeat it or leave it empty. */
const SHARED = ['name', 'email', 'currency', 'placed_at', 'note'] as const;
/** Validating fifty thousand orders takes a second or two: others are served in between. */
const AT_ONCE = 250;

/** Gathers the lines of a file into orders by their reference, and finds every fault, each with its line. */
export function createCollector(header: CsvHeader) {
  const rowsOf = new Map<string, Row[]>();
  const faultyReferences = new Set<string>();
  const faults: ImportFault[] = [];
  let faultCount = 0;
  let lineCount = 0;
  /** Orders that another program's export holds, and nobody wants. */
  const passedOver = new Set<string>();
  /** Lines without a reference: each an order that cannot be named. */
  let nameless = 0;

  const remarks: ImportFault[] = [];
  /** What is taken, and should be looked at. */
  const remark = (one: ImportFault) => {
    if (remarks.length < MOST_FAULTS_KEPT) remarks.push(one);
  };
  /** Cells a fault has been found in already: what is missing there for that reason is no second one. */
  const damaged = new Set<string>();

  const fault = (line: number, column: ColumnName | null, sentence: string) => {
    if (column && damaged.has(`${line} ${column}`)) return;
    faultCount += 1;
    if (faults.length >= MOST_FAULTS_KEPT) return;
    faults.push({ line, column: column && (header.called[column] ?? column), sentence });
  };

  /**
   * What the cells say. Around most of them what is not seen is no part of it; of an address that is for its own check
   * to say.
   */
  function readCells(raw: readonly string[]): Cells {
    const cells: Cells = {};
    for (const [column, i] of header.places) {
      const text = plainCell(raw[i] ?? '');
      cells[column] = column === 'email' ? text : trimInvisible(text);
    }
    const { chosen } = header;
    if (!chosen) return cells;
    return {
      ...cells,
      sku: skuOf(cells.sku ?? '', cells.title ?? ''),
      currency: chosen.currency ?? cells.currency ?? '',
    };
  }

  function add({ line, cells: raw, stray }: CsvRecord): void {
    if (!stray && isHeaderAgain(header, raw))
      return remark({ line, column: null, sentence: 'This line is the header again, and is skipped.' });
    if (header.format?.isFooter?.(raw)) return;
    lineCount += 1;
    if (stray) {
      faultyReferences.add((header.format ? translate(header.format, raw) : readCells(raw)).reference ?? '');
      return fault(line, null, STRAY_QUOTE.replace(/^a/, 'A'));
    }
    if (header.format) return addTheirs(line, translate(header.format, raw));
    const cells = readCells(raw);
    if (addRow({ line, cells }) && !isFitting(raw)) {
      faultyReferences.add(cells.reference!);
      fault(line, null, `This line has ${raw.length} cells, the header has ${header.names.length}.`);
    }
  }

  const translate = (format: ExportFormat, raw: readonly string[]): Translated =>
    format.read(
      (...names) =>
        names
          .map((name) => trimInvisible(plainCell(raw[header.names.indexOf(name)] ?? '')))
          .find((text) => text !== '') ?? '',
      header.names,
    );

  /** A line of another program's export: several of ours, or none. */
  function addTheirs(line: number, { reference, lines, order, payment, leftOut, remark: sentence }: Translated): void {
    if (leftOut) {
      passedOver.add(reference);
      return remark({ line, column: null, sentence: `${reference}: ${leftOut}` });
    }
    if (passedOver.has(reference)) return;
    if (sentence) remark({ line, column: null, sentence });
    if (order) addRow({ line, cells: order, bare: true, payment });
    else if (lines.length === 0) {
      faultyReferences.add(reference);
      fault(line, null, NO_LINES);
    }
    for (const cells of lines) addRow({ line, cells, payment });
  }

  /** False where it belongs to no order, for want of a reference. */
  function addRow(row: Row): boolean {
    const { line, cells } = row;
    const found = (Object.keys(cells) as ColumnName[])
      .map((column) => ({ column, sentence: findDamage(column, cells[column]!, header.isOurs) }))
      .filter(({ sentence }) => sentence);
    for (const { column, sentence } of found) fault(line, column, sentence!);
    for (const { column } of found) damaged.add(`${line} ${column}`);
    const reference = (cells.reference ?? '').normalize('NFC');
    if (reference === '') fault(line, 'reference', 'A reference is needed: it tells the orders apart.');
    // A damaged reference may be that of several orders: none of them is made.
    if (reference === '' || found.some(({ column }) => column === 'reference')) {
      nameless += 1;
      return false;
    }
    if (found.length > 0) faultyReferences.add(reference);
    const rows = rowsOf.get(reference);
    if (rows) rows.push(row);
    else rowsOf.set(reference, [row]);
    return true;
  }

  /** Spreadsheets leave out the empty cells at the end of a line, or add some. */
  function isFitting(raw: readonly string[]): boolean {
    const isThere = (column: ColumnName) => (header.places.get(column) ?? 0) < raw.length;
    return isThere('sku') && isThere('unit_price') && raw.slice(header.names.length).every((cell) => !hasVisible(cell));
  }

  /** All orders without a fault, and all faults by line. */
  async function finish(): Promise<Collected> {
    const orders: CollectedOrder[] = [];
    let looked = 0;
    for (const [reference, rows] of rowsOf) {
      const before = faultCount;
      const order = assemble(reference, rows, { fault, remark, header });
      if (order && faultCount === before && !faultyReferences.has(reference))
        orders.push({ orderId: newId('ord'), reference: order.reference, line: rows[0]!.line, order: order.staged });
      else faultyReferences.add(reference);
      looked += 1;
      if (looked % AT_ONCE === 0) await new Promise(setImmediate);
    }
    for (const list of [faults, remarks]) list.sort((a, b) => a.line - b.line);
    return { lineCount, orders, faultyOrders: faultyReferences.size + nameless, faultCount, faults, remarks };
  }

  return { add, remark, finish };
}

type Fault = (line: number, column: ColumnName | null, sentence: string) => void;
type Report = { fault: Fault; remark: (one: ImportFault) => void; header: CsvHeader };

/** One order of its lines by the very schema the REST interface has; undefined where something is wrong with it. */
function assemble(
  reference: string,
  rows: readonly Row[],
  { fault, remark, header }: Report,
): { reference: string; staged: StagedOrder } | undefined {
  const [first] = rows as [Row];
  const { format } = header;
  const decimal: DecimalSign | undefined = header.isOurs ? '.' : format?.decimal;
  const shared = Object.fromEntries(SHARED.map((column) => [column, sharedCell(column, rows, fault)])) as Record<
    (typeof SHARED)[number],
    string
  >;
  const address = checkAddress(shared.email);
  if (!address.ok) fault(first.line, 'email', (!hasVisible(shared.email) && format?.noEmail) || address.sentence);
  const { currency } = shared;
  const payable = isCurrency(currency);
  if (!payable)
    fault(
      first.line,
      'currency',
      currency === ''
        ? 'A currency is needed, such as EUR.'
        : `“${currency.slice(0, 20)}” is no currency: three capital letters such as EUR.`,
    );
  const when = parseWhen(shared.placed_at);
  if (when === undefined)
    fault(
      first.line,
      'placed_at',
      `“${shared.placed_at.slice(0, 40)}” is no time of any calendar: write 2026-11-22 or 2026-11-22 14:03.`,
    );
  else if (when && Date.parse(when) > Date.now() + SOON_MS)
    remark({
      line: first.line,
      column: 'placed_at',
      sentence: `Placed in the future: until ${when.slice(0, 10)} it stands on top of the list.`,
    });
  const bought = rows.filter(({ bare }) => !bare);
  if (bought.length === 0) {
    fault(first.line, null, NO_LINES);
    return undefined;
  }
  if (bought.length > MOST_LINES) {
    const sentence = `An order has at most ${MOST_LINES} lines, this one ${bought.length}.`;
    fault(bought[MOST_LINES]!.line, null, `${sentence} Make two of it, each with its own reference.`);
  }

  const lines = bought.slice(0, MOST_LINES).map(({ line, cells }) => {
    const written = cells.unit_price ?? '';
    const amount = header.chosen ? takeSignOff(written, currency) : written;
    const price = payable ? parseMinor(amount, currency, decimal) : { ok: true as const, minor: 0 };
    if (!price.ok) fault(line, 'unit_price', price.sentence);
    const quantity = readQuantity(cells.quantity);
    if (quantity === undefined) fault(line, 'quantity', 'A whole number from 1 to 100,000 is needed.');
    const sku = cells.sku ?? '';
    return { sku, title: cells.title || sku, quantity: quantity ?? 1, unitMinor: price.ok ? price.minor : 0 };
  });
  const payment = rows.find((row) => row.payment)?.payment;
  const parsed = receivedOrder.safeParse({
    reference,
    customer: { name: shared.name, email: address.ok ? address.address : 'checked@above.example' },
    currency: payable ? currency : 'EUR',
    ...(shared.note && { note: shared.note }),
    ...(when && { placedAt: when }),
    ...(payment && { paymentStatus: payment }),
    lines,
  });
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues) fault(...placeOf(path, { first, bought }), message);
    return undefined;
  }
  const { reference: checked, ...order } = parsed.data;
  return {
    reference: checked!,
    staged: { ...order, lines: order.lines.map((line) => ({ ...line, id: newId('line') })) },
  };
}

/** The order's own cell: of its first line that has one. A line that says something else is at fault. */
function sharedCell(column: (typeof SHARED)[number], rows: readonly Row[], fault: Fault): string {
  const says = ({ cells }: Row) => trimInvisible(cells[column] ?? '');
  const first = rows.find((row) => says(row) !== '');
  if (!first) return '';
  for (const row of rows) {
    if (!['', says(first)].includes(says(row)))
      fault(
        row.line,
        column,
        `Line ${first.line.toLocaleString('en')} of the same order says something else. Repeat it, or leave it empty.`,
      );
  }
  return first.cells[column]!;
}

/** Undefined for what no line may have. */
function readQuantity(cell = ''): number | undefined {
  if (cell === '') return 1;
  const quantity = /^\d{1,6}$/.test(cell) ? Number(cell) : 0;
  return quantity >= 1 && quantity <= 100_000 ? quantity : undefined;
}

const columnsByKey: Readonly<Record<string, ColumnName>> = {
  name: 'name',
  email: 'email',
  sku: 'sku',
  title: 'title',
  quantity: 'quantity',
  unitMinor: 'unit_price',
  reference: 'reference',
  note: 'note',
  placedAt: 'placed_at',
  currency: 'currency',
};

function placeOf(
  path: readonly PropertyKey[],
  { first, bought }: { first: Row; bought: readonly Row[] },
): [number, ColumnName | null] {
  const row = path[0] === 'lines' && typeof path[1] === 'number' ? bought[path[1]]! : first;
  return [row.line, columnsByKey[String(path.at(-1))] ?? null];
}
