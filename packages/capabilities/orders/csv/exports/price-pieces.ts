import { formatMinor, isCurrency } from '../../../kit/decimal-money.ts';
import { lineAmount } from '../../shops/line-amount.ts';
import { splitAmount } from '../../shops/split-amount.ts';
import { type Cells, skuOf } from './export-format.ts';

/** A line that names what all its pieces cost together; `tax` on top of it, or empty. */
export type TotalledLine = {
  sku: string;
  title: string;
  quantity: string;
  currency: string;
  total: string;
  tax: string;
};

/**
 * What each piece costs: a total that does not divide becomes two lines, and a part of a piece is one piece that says
 * so. What cannot be read is left as it is, to be a fault.
 */
export function pricePieces({ sku, title, quantity, currency, total, tax }: TotalledLine): Cells[] {
  const isPart = /^\d+\.\d*[1-9]\d*$/.test(quantity);
  const line = { sku: skuOf(sku, title), title: isPart ? `${quantity} × ${title}` : title };
  const pieces = isPart ? 1 : Number(quantity);
  const amount =
    isCurrency(currency) && Number.isInteger(pieces) && pieces > 0
      ? lineAmount(1, { plus: [total, tax || '0'], minus: [] }, currency)
      : undefined;
  if (!amount) return [{ ...line, quantity: quantity || '0', unit_price: total }];
  return splitAmount(amount.minor, pieces).map((piece) => ({
    ...line,
    quantity: String(piece.quantity),
    unit_price: formatMinor(piece.unitMinor, currency),
  }));
}
