import type { Span } from '../kit/inputs.ts';
import { escapeLike, type Place } from '../kit/page.ts';
import { withinSql } from '../kit/sql-text.ts';
import type { OrderTab } from './contract.ts';
import { filterOf, tabCondition } from './rules.ts';

/**
 * Meant as an order's number, ours or the shop's, which calls its orders #5001. Longer digits may be part of a
 * reference; the text looked through holds the number too.
 */
const BY_NUMBER = /^(#\d{1,9}|\d{1,2})$/;

/** Two numbers: what came with one import. */
const BETWEEN = /^#(\d{1,9})\s*[-–]\s*#?(\d{1,9})$/;

/** What a person typed, as it is looked for; undefined: nothing. */
export const normalSearch = (typed: string | undefined): string | undefined => typed?.trim().toLowerCase() || undefined;

export type OrderFilter = {
  shopId: string;
  tab: OrderTab;
  search: string | undefined;
  inBatch?: string | undefined;
  placed?: Span | undefined;
  after?: Place | undefined;
};

/**
 * The orders of a tab and a search, newest first, from a place on: conditions on `o`, their values, and a name for the
 * combination. Each combination is a statement of its own, so that each is prepared with the index it needs. `values`
 * begins with the shop.
 */
export function orderFilter(
  { shopId, tab, search, inBatch, placed, after }: OrderFilter,
  values: unknown[] = [shopId],
): { where: string; values: unknown[]; name: string } {
  const bind = (value: unknown) => `$${values.push(value)}`;
  const shown = filterOf(tab);
  const kind = search && (BY_NUMBER.test(search) ? 'number' : BETWEEN.test(search) ? 'between' : 'text');
  const where = [
    'o.shop_id = $1',
    tabCondition(shown),
    after && `(o.placed_at, o.id) < (${bind(after.at)}::timestamptz, ${bind(after.id)})`,
    placed && withinSql('o.placed_at', placed, bind),
    // Both by their index, and put together: an OR over two columns would read the shop's orders one by one.
    kind === 'number' &&
      `o.id = any(array(select id from customer_order where shop_id = $1 and number = ${bind(Number(search!.replace('#', '')))}
      union all select id from customer_order where shop_id = $1 and reference = ${bind(search)}))`,
    kind === 'between' &&
      `o.number between ${bind(Number(BETWEEN.exec(search!)![1]))} and ${bind(Number(BETWEEN.exec(search!)![2]))}`,
    kind === 'text' && `o.search_text like ${bind(`%${escapeLike(search!)}%`)}`,
    // A batch is small beside the table: its orders are found first.
    inBatch && `o.id = any(array(select i.order_id from batch_item i where i.batch_id = ${bind(inBatch)}))`,
  ].filter(Boolean);
  const name = [shown && tab, after && 'after', kind, inBatch && 'batch', placed && 'span'].filter(Boolean).join('-');
  return { where: where.join(' and '), values, name };
}
