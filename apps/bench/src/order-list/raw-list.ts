import type pg from 'pg';
import { SHOP_ID } from '../world/make-shop.ts';

export type RawPlace = { at: string; id: string };

const COLUMNS = `o.id, o.number, o.status, o.stage, o.version, o.customer_name, o.customer_email, o.line_count, o.total_minor,
  o.currency, o.placed_at,
  d.id as delivery_id, d.state as delivery_state, d.held_until, d.next_attempt_at, d.attempts, d.error_sentence`;
const FROM = `customer_order o left join lateral (
  select id, state, held_until, next_attempt_at, attempts, error_sentence
  from delivery x where x.order_id = o.id order by x.created_at desc, x.id desc limit 1) d on true`;
const ORDER = 'order by o.placed_at desc, o.id desc limit $2';

const FIRST = { name: 'raw-first', text: `select ${COLUMNS} from ${FROM} where o.shop_id = $1 ${ORDER}` };
const AFTER = {
  name: 'raw-after',
  text: `select ${COLUMNS} from ${FROM} where o.shop_id = $1 and (o.placed_at, o.id) < ($3, $4) ${ORDER}`,
};

/** The twin: the same page in plain columns, prepared, on bare pg. */
export const listRaw = (pool: pg.Pool, limit: number, place?: RawPlace): Promise<pg.QueryResult> =>
  pool.query(
    place ? { ...AFTER, values: [SHOP_ID, limit + 1, place.at, place.id] } : { ...FIRST, values: [SHOP_ID, limit + 1] },
  );
