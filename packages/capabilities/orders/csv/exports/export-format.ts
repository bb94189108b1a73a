import type { DecimalSign } from '../../../kit/decimal-money.ts';
import type { PaymentStatus } from '../../contract.ts';
import type { ColumnName } from '../columns.ts';

/** The cells of a line as another program names them: the first of these columns that says something, else ''. */
export type TheirCell = (...names: readonly string[]) => string;
export type Cells = Partial<Record<ColumnName, string>>;

/** What one line of theirs says in our columns: as many lines as it holds. */
export type Translated = {
  reference: string;
  lines: readonly Cells[];
  /** Whose the order is, where a line of theirs says that and names nothing bought. */
  order?: Cells;
  /** What it says of the money; left out where it says nothing. */
  payment?: PaymentStatus | undefined;
  /** Why its order is not one to import. */
  leftOut?: string;
  /** What stands out. */
  remark?: string | undefined;
};

/** A program's file of orders, read as what it is: its columns are not ours. */
export type ExportFormat = {
  system: string;
  /** Columns that every version of it has and nobody else, as `normaliseName` writes them. */
  knownBy: readonly string[];
  /** Its names of our columns, for whoever mends a fault. */
  called: Readonly<Partial<Record<ColumnName, string>>>;
  /** What of the money is not read, for whoever compares the totals. */
  unread: string;
  /** How it writes amounts; undefined: as its person does, so that what can be read in two ways is a fault. */
  decimal: DecimalSign | undefined;
  /** What to do about an order without an address, where the program never gives one. */
  noEmail?: string;
  /** Lines that hold no order, such as a count at the end. */
  isFooter?: (cells: readonly string[]) => boolean;
  read: (cell: TheirCell, names: readonly string[]) => Translated;
};

/** `E-Mail`, ` e mail ` and `e_mail` are one name, with whatever nobody sees between. */
export const normaliseName = (cell: string): string =>
  cell
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');

/** What a shop keeps without a SKU is known by its title. */
export const skuOf = (sku: string, title: string): string =>
  sku ||
  title
    .replace(/[\p{Zs}\p{Default_Ignorable_Code_Point}\s]+/gu, ' ')
    .trim()
    .slice(0, 100);
