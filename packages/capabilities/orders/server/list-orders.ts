import type { z } from 'zod';
import { cutPage, formatPlace, parsePlace } from '../../kit/page.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import type { listInput, listOutput, OrderRow } from '../contract.ts';
import { stagesOf } from '../rules.ts';
import { normalSearch, searchCondition } from '../search.ts';
import { ORDER_ROW, ORDER_ROW_FROM } from './order-row.ts';

type Row = OrderRow & { at: string };

/**
 * One page of orders, newest first, in one statement. Keyset by row comparison: page 10,000 costs what page 1 costs. Each
 * combination of filters is a statement of its own, so that each is prepared with the index it needs.
 */
export async function listOrders(ctx: SignedInContext, input: z.output<typeof listInput>): Promise<z.infer<typeof listOutput>> {
  const { database, settings } = ctx.services;
  const search = normalSearch(input.search);
  const filter = ['orders', ctx.person.shopId, input.tab, search ?? '', input.inBatch ?? ''];
  const place = parsePlace(input.cursor, filter, settings.cursorSecret);
  const stages = stagesOf(input.tab);

  const values: unknown[] = [ctx.person.shopId, input.limit + 1];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const found = search ? searchCondition(search, `$${values.length + 1}`) : undefined;
  if (found) values.push(found.value);
  const where = [
    'o.shop_id = $1',
    stages && `o.stage = ${bind(stages[0])}::order_stage`,
    place && `(o.placed_at, o.id) < (${bind(place.at)}::timestamptz, ${bind(place.id)})`,
    found?.condition,
    // A batch is small beside the table: its orders are found first.
    input.inBatch && `o.id = any(array(select i.order_id from batch_item i where i.batch_id = ${bind(input.inBatch)}))`,
  ].filter(Boolean);
  const name = ['list-orders', stages && 'stage', place && 'after', found?.name, input.inBatch && 'batch'].filter(Boolean).join('-');
  const rows = await database.sql.rows<Row>(
    name,
    `select ${ORDER_ROW} ${ORDER_ROW_FROM} where ${where.join(' and ')} order by o.placed_at desc, o.id desc limit $2`,
    values,
  );
  const page = cutPage(rows, input.limit, (last) => formatPlace(last, filter, settings.cursorSecret));
  return { rows: page.rows, next: page.next };
}
