import { formatMinor } from '../../kit/decimal-money.ts';
import type { OrderStatus } from '../contract.ts';
import { columnNames, exportOnlyColumns } from './columns.ts';
import { writeCell } from './guard-cell.ts';

export type ExportedOrder = {
  number: number;
  status: OrderStatus;
  reference: string | null;
  placedAt: string;
  customerName: string;
  customerEmail: string;
  currency: string;
  note: string | null;
  lines: readonly { sku: string; title: string; quantity: number; unitMinor: number }[];
};

/** Read by Excel as UTF-8 only with the mark in front; our own import takes it off again. */
export const CSV_HEAD = `\ufeff${[...columnNames, ...exportOnlyColumns].map(writeCell).join(',')}\r\n`;

/** How an order without a reference is called in a file, there and back. */
export const ownReference = (number: number): string => `#${number}`;

/** A line of the file for each line of the order, every cell quoted, none a formula. */
export function writeRows(order: ExportedOrder): string {
  return order.lines
    .map(({ sku, title, quantity, unitMinor }) => {
      const cells: Record<(typeof columnNames)[number] | (typeof exportOnlyColumns)[number], string> = {
        reference: order.reference ?? ownReference(order.number),
        placed_at: order.placedAt,
        name: order.customerName,
        email: order.customerEmail,
        currency: order.currency,
        sku,
        title,
        quantity: String(quantity),
        unit_price: formatMinor(unitMinor, order.currency),
        note: order.note ?? '',
        number: String(order.number),
        status: order.status,
      };
      return `${[...columnNames, ...exportOnlyColumns].map((name) => writeCell(cells[name])).join(',')}\r\n`;
    })
    .join('');
}
