/** One column of the file, as the screen and the template tell of it. */
export type CsvColumn = {
  name: string;
  /** As people say it. */
  label: string;
  /** Must the header have it? */
  needed: boolean;
  words: string;
  /** Of the template: an order of two lines, and one of a single line. */
  examples: readonly [string, string, string];
};

/** What a file of orders may say, in the order of the template and of our own export. */
export const csvColumns = [
  {
    name: 'reference',
    label: 'Order number',
    needed: true,
    words: 'Your own name for the order. Lines with the same one make one order.',
    examples: ['WEB-1001', 'WEB-1001', 'WEB-1002'],
  },
  {
    name: 'placed_at',
    label: 'When it was placed',
    needed: false,
    words: 'When it was placed: 2026-11-22 or 2026-11-22 14:03. UTC where no zone is given; empty: now.',
    examples: ['2026-11-22 14:03', '', '2026-11-22'],
  },
  {
    name: 'name',
    label: 'Customer’s name',
    needed: true,
    words: 'The customer’s name. Further lines of an order may leave it empty.',
    examples: ['Riverside Press', '', 'Harbour Print Studio'],
  },
  {
    name: 'email',
    label: 'E-mail address',
    needed: true,
    words: 'One plain address. Further lines may leave it empty.',
    examples: ['orders@riverside.example', '', 'hello@harbour.example'],
  },
  {
    name: 'currency',
    label: 'Currency',
    needed: true,
    words: 'Three capital letters, such as EUR. Further lines may leave it empty.',
    examples: ['EUR', '', 'EUR'],
  },
  {
    name: 'sku',
    label: 'SKU of the bundle',
    needed: true,
    words: 'Finds the bundle. One that nobody knows makes a line without a bundle.',
    examples: ['ICON-96', 'TEX-PAPER', 'ICON-96'],
  },
  {
    name: 'title',
    label: 'What was bought',
    needed: false,
    words: 'What was bought. Empty: the SKU.',
    examples: ['Paper-cut icons', 'Paper textures', 'Paper-cut icons'],
  },
  { name: 'quantity', label: 'Quantity', needed: false, words: 'A whole number. Empty: 1.', examples: ['1', '2', '1'] },
  {
    name: 'unit_price',
    label: 'Price of one piece',
    needed: true,
    words: 'For one piece: 19.99 or 19,99, without a currency sign. Thousands have no separator.',
    examples: ['12.00', '9.50', '12.00'],
  },
  {
    name: 'note',
    label: 'Customer’s note',
    needed: false,
    words: 'What the customer wrote.',
    examples: ['Please send before Friday.', '', ''],
  },
] as const satisfies readonly CsvColumn[];

export type ColumnName = (typeof csvColumns)[number]['name'];
export const columnNames: readonly ColumnName[] = csvColumns.map((column) => column.name);

/** Written by our export for people, and of no meaning on the way in. */
export const exportOnlyColumns = ['number', 'status'] as const;

export const MOST_BYTES = 10_000_000;
export const MOST_ROWS = 50_000;
/** Of one cell, as UTF-8. */
export const MOST_CELL_BYTES = 10_000;
