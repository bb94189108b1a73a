import type { z } from 'zod';
import { cutPage, escapeLike, formatPlace, parsePlace } from '../../kit/page.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import type { listInput, listOutput, OrderRow } from '../contract.ts';
import { stagesOf } from '../rules.ts';
import { ORDER_ROW, ORDER_ROW_FROM } from './order-row.ts';

/** Meant as an order's number and nothing else. Longer digits may be part of a reference; the text looked through holds the number too. */
const BY_NUMBER = /^(#\d{1,9}|\d{1,2})$/;

type Row = OrderRow & { at: string };

/**
 * One page of orders, newest first, in one statement. Keyset by row comparison: page 10,000 costs what page 1 costs. Each
 * combination of filters is a statement of its own, so that each is prepared with the index it needs.
 */
export async function listOrders(ctx: SignedInContext, input: z.output<typeof listInput>): Promise<z.infer<typeof listOutput>> {
  const { database, settings } = ctx.services;
  const search = input.search?.trim().toLowerCase() || undefined;
  const filter = ['orders', ctx.person.shopId, input.tab, search ?? ''];
  const place = parsePlace(input.cursor, filter, settings.cursorSecret);
  const stages = stagesOf(input.tab);

  const values: unknown[] = [ctx.person.shopId, input.limit + 1];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const where = [
    'o.shop_id = $1',
    stages && `o.stage = ${bind(stages[0])}::order_stage`,
    place && `(o.placed_at, o.id) < (${bind(place.at)}::timestamptz, ${bind(place.id)})`,
    search && (BY_NUMBER.test(search) ? `o.number = ${bind(Number(search.replace('#', '')))}` : `o.search_text like ${bind(`%${escapeLike(search)}%`)}`),
  ].filter(Boolean);
  const name = ['list-orders', stages && 'stage', place && 'after', search && (BY_NUMBER.test(search) ? 'number' : 'text')].filter(Boolean).join('-');
  const rows = await database.sql.rows<Row>(
    name,
    `select ${ORDER_ROW} ${ORDER_ROW_FROM} where ${where.join(' and ')} order by o.placed_at desc, o.id desc limit $2`,
    values,
  );
  const page = cutPage(rows, input.limit, (last) => formatPlace(last, filter, settings.cursorSecret));
  return { rows: page.rows, next: page.next };
}
