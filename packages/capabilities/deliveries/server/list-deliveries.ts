import type { z } from 'zod';
import { cutPage, escapeLike, formatPlace, parsePlace, spanOfFilter } from '../../kit/page.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { withinSql } from '../../kit/sql-text.ts';
import type { listInput, listOutput } from '../contract.ts';
import { statesOf } from '../rules.ts';
import { DELIVERY_ROW, type RawDeliveryRow, toDeliveryRows } from './delivery-row.ts';

/** `at` is its place, with microseconds. */
type Row = RawDeliveryRow & { at: string };

/**
 * One page of the ledger, newest first. A search finds recipients and what stands in the subject, such as an order's
 * number.
 */
export async function listDeliveries(
  ctx: SignedInContext,
  input: z.output<typeof listInput>,
): Promise<z.infer<typeof listOutput>> {
  const { database, settings } = ctx.services;
  const search = input.search?.trim().toLowerCase() || undefined;
  const filter = ['deliveries', ctx.person.shopId, input.tab, search ?? '', ...spanOfFilter(input.created)];
  const place = parsePlace(input.cursor, filter, settings.cursorSecret);
  const states = statesOf(input.tab);

  const values: unknown[] = [ctx.person.shopId, input.limit + 1];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const where = [
    'd.shop_id = $1',
    states && `d.state = any(${bind(states)}::delivery_state[])`,
    input.tab === 'problems' && 'd.acknowledged_at is null',
    place && `(d.created_at, d.id) < (${bind(place.at)}::timestamptz, ${bind(place.id)})`,
    input.created && withinSql('d.created_at', input.created, bind),
    search &&
      `lower(d.recipient_name || ' ' || d.recipient || ' ' || d.subject) like ${bind(`%${escapeLike(search)}%`)}`,
  ].filter(Boolean);
  const name = [
    'list-deliveries',
    states && (input.tab === 'problems' ? 'open' : 'state'),
    place && 'after',
    search && 'text',
    input.created && 'span',
  ]
    .filter(Boolean)
    .join('-');
  const rows = await database.sql.rows<Row>(
    name,
    `select ${DELIVERY_ROW}, d.created_at::text as at from delivery d
      where ${where.join(' and ')} order by d.created_at desc, d.id desc limit $2`,
    values,
  );
  const page = cutPage(rows, input.limit, (last) => formatPlace(last, filter, settings.cursorSecret));
  return { ...page, rows: await toDeliveryRows(ctx, page.rows) };
}
