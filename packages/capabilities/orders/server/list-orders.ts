import type { z } from 'zod';
import { cutPage, formatPlace, parsePlace, spanOfFilter } from '../../kit/page.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import type { listInput, listOutput, OrderRow } from '../contract.ts';
import { normalSearch, orderFilter } from '../order-filter.ts';
import { ORDER_ROW, ORDER_ROW_FROM } from './order-row.ts';

/** `at` is its place, with microseconds. */
type Row = OrderRow & { at: string };

/**
 * One page of orders, newest first, in one statement. Keyset by row comparison: page 10,000 costs what page 1 costs.
 * Each combination of filters is a statement of its own, so that each is prepared with the index it needs.
 */
export async function listOrders(
  ctx: SignedInContext,
  input: z.output<typeof listInput>,
): Promise<z.infer<typeof listOutput>> {
  const { database, settings } = ctx.services;
  const search = normalSearch(input.search);
  const filter = [
    'orders',
    ctx.person.shopId,
    input.tab,
    search ?? '',
    input.inBatch ?? '',
    ...spanOfFilter(input.placed),
  ];
  const place = parsePlace(input.cursor, filter, settings.cursorSecret);
  const { where, values, name } = orderFilter(
    { shopId: ctx.person.shopId, tab: input.tab, search, inBatch: input.inBatch, placed: input.placed, after: place },
    [ctx.person.shopId, input.limit + 1],
  );
  const rows = await database.sql.rows<Row>(
    ['list-orders', name].filter(Boolean).join('-'),
    `select ${ORDER_ROW}, o.placed_at::text as at ${ORDER_ROW_FROM}
      where ${where} order by o.placed_at desc, o.id desc limit $2`,
    values,
  );
  const page = cutPage(rows, input.limit, (last) => formatPlace(last, filter, settings.cursorSecret));
  return { rows: page.rows, next: page.next };
}
