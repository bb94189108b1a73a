import { newId } from '@windlass/db/ids';
import { checkAddress } from '@windlass/messaging/check-address';
import { isCurrency, parseMinor } from '../../kit/decimal-money.ts';
import { receivedOrder } from '../contract.ts';
import type { ImportFault, StagedOrder } from '../intake-contract.ts';
import type { ColumnName } from './columns.ts';
import { unguardCell } from './guard-cell.ts';
import { parseWhen } from './parse-when.ts';
import type { CsvHeader } from './read-header.ts';
import type { CsvRecord } from './read-records.ts';

export type CollectedOrder = { orderId: string; reference: string; line: number; order: StagedOrder };
export type Collected = { lineCount: number; orders: CollectedOrder[]; faultyOrders: number; faultCount: number; faults: ImportFault[] };

type Cells = Partial<Record<ColumnName, string>>;
type Row = { line: number; cells: Cells };

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
  /** Lines without a reference: each an order that cannot be named. */
  let nameless = 0;

  const fault = (line: number, column: ColumnName | null, sentence: string) => {
    faultCount += 1;
    if (faults.length < MOST_FAULTS_KEPT) faults.push({ line, column, sentence });
  };

  function add({ line, cells: raw }: CsvRecord): void {
    lineCount += 1;
    const cells: Cells = {};
    header.columns.forEach((column, i) => {
      if (column) cells[column] = unguardCell(raw[i] ?? '');
    });
    const reference = (cells.reference ?? '').normalize('NFC').trim();
    if (reference === '') {
      nameless += 1;
      return fault(line, 'reference', 'A reference is needed: it tells the orders apart.');
    }
    if (raw.length !== header.columns.length) {
      faultyReferences.add(reference);
      fault(line, null, `This line has ${raw.length} cells, the header has ${header.columns.length}.`);
    }
    const rows = rowsOf.get(reference);
    if (rows) rows.push({ line, cells });
    else rowsOf.set(reference, [{ line, cells }]);
  }

  /** All orders without a fault, and all faults by line. */
  async function finish(): Promise<Collected> {
    const orders: CollectedOrder[] = [];
    let looked = 0;
    for (const [reference, rows] of rowsOf) {
      const before = faultCount;
      const order = assemble(reference, rows, fault);
      if (order && faultCount === before && !faultyReferences.has(reference)) orders.push({ orderId: newId('ord'), reference: order.reference, line: rows[0]!.line, order: order.staged });
      else faultyReferences.add(reference);
      looked += 1;
      if (looked % AT_ONCE === 0) await new Promise(setImmediate);
    }
    faults.sort((a, b) => a.line - b.line);
    return { lineCount, orders, faultyOrders: faultyReferences.size + nameless, faultCount, faults };
  }

  return { add, finish };
}

type Fault = (line: number, column: ColumnName | null, sentence: string) => void;

/** One order of its lines by the very schema the REST interface has; undefined where something is wrong with it. */
function assemble(reference: string, rows: readonly Row[], fault: Fault): { reference: string; staged: StagedOrder } | undefined {
  const [first] = rows as [Row];
  const shared = Object.fromEntries(SHARED.map((column) => [column, sharedCell(column, rows, fault)])) as Record<(typeof SHARED)[number], string>;
  const address = checkAddress(shared.email);
  if (!address.ok) fault(first.line, 'email', address.sentence);
  const currency = shared.currency.trim();
  const payable = isCurrency(currency);
  if (!payable) fault(first.line, 'currency', currency === '' ? 'A currency is needed, such as EUR.' : `“${currency.slice(0, 20)}” is no currency: three capital letters such as EUR.`);
  const when = parseWhen(shared.placed_at);
  if (when === undefined) fault(first.line, 'placed_at', `“${shared.placed_at.trim().slice(0, 40)}” is no time: write 2026-11-22 or 2026-11-22 14:03.`);

  const lines = rows.map(({ line, cells }) => {
    const price = payable ? parseMinor((cells.unit_price ?? '').trim(), currency) : { ok: true as const, minor: 0 };
    if (!price.ok) fault(line, 'unit_price', price.sentence);
    const quantity = readQuantity(cells.quantity);
    if (quantity === undefined) fault(line, 'quantity', 'A whole number from 1 to 100,000 is needed.');
    const sku = cells.sku ?? '';
    return { sku, title: (cells.title ?? '').trim() === '' ? sku : cells.title!, quantity: quantity ?? 1, unitMinor: price.ok ? price.minor : 0 };
  });
  const parsed = receivedOrder.safeParse({
    reference,
    customer: { name: shared.name, email: address.ok ? address.address : 'checked@above.example' },
    currency: payable ? currency : 'EUR',
    ...(shared.note.trim() && { note: shared.note }),
    ...(when && { placedAt: when }),
    lines,
  });
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues) fault(...placeOf(path, rows), message);
    return undefined;
  }
  const { reference: checked, ...order } = parsed.data;
  return { reference: checked!, staged: { ...order, lines: order.lines.map((line) => ({ ...line, id: newId('line') })) } };
}

/** The order's own cell: of its first line that has one. A line that says something else is at fault. */
function sharedCell(column: (typeof SHARED)[number], rows: readonly Row[], fault: Fault): string {
  const said = rows.find(({ cells }) => (cells[column] ?? '').trim() !== '');
  if (!said) return '';
  const value = said.cells[column]!;
  for (const { line, cells } of rows) {
    const other = cells[column] ?? '';
    if (other.trim() !== '' && other !== value) fault(line, column, `Line ${said.line.toLocaleString('en')} of the same order says something else. Repeat it, or leave it empty.`);
  }
  return value;
}

/** Undefined for what no line may have. */
function readQuantity(cell = ''): number | undefined {
  if (cell.trim() === '') return 1;
  const quantity = /^\d{1,6}$/.test(cell.trim()) ? Number(cell) : 0;
  return quantity >= 1 && quantity <= 100_000 ? quantity : undefined;
}

const columnsByKey: Readonly<Record<string, ColumnName>> = {
  name: 'name', email: 'email', sku: 'sku', title: 'title', quantity: 'quantity', unitMinor: 'unit_price', reference: 'reference', note: 'note', placedAt: 'placed_at', currency: 'currency',
};

function placeOf(path: readonly PropertyKey[], rows: readonly Row[]): [number, ColumnName | null] {
  const index = path[0] === 'lines' && typeof path[1] === 'number' ? path[1] : 0;
  return [rows[index]!.line, columnsByKey[String(path.at(-1))] ?? null];
}
