import { amazonExport } from './amazon-export.ts';
import { ebayExport } from './ebay-export.ts';
import { etsyExport } from './etsy-export.ts';
import type { ExportFormat } from './export-format.ts';
import { shopifyExport } from './shopify-export.ts';
import { woocommerceExport } from './woocommerce-export.ts';

const formats: readonly ExportFormat[] = [shopifyExport, woocommerceExport, amazonExport, etsyExport, ebayExport];
/** Those we know by sight alone, and the file to take in their place. */
const unread = [
  {
    knownBy: ['sale_date', 'order_id', 'buyer_user_id', 'number_of_items', 'order_value'],
    sentence:
      'this is Etsy’s list of orders, which does not say what was bought. Choose “Order Items” when you download it there.',
  },
] as const;

/** Names by which a line is known as a header, besides our own. */
export const exportNames: ReadonlySet<string> = new Set([...formats, ...unread].flatMap(({ knownBy }) => knownBy));

const isKnownBy =
  (names: readonly string[]) =>
  ({ knownBy }: { knownBy: readonly string[] }): boolean =>
    knownBy.every((name) => names.includes(name));

/** The program whose export has this header, by its names; undefined: none that we know. */
export const findExport = (names: readonly string[]): ExportFormat | undefined => formats.find(isKnownBy(names));

/** Why an export that we know cannot be read, and what to do; undefined: it is none of those. */
export const refuseExport = (names: readonly string[]): string | undefined => unread.find(isKnownBy(names))?.sentence;
