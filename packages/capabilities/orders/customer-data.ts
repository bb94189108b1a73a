/** What orders hold about a person: found, listed, and forgotten. `address` is in lower case everywhere here. */
import type { Sql, Tx } from '@windlass/db/sql';
import { recordEvents } from '@windlass/live/record-events';
import { anywhere, ERASED_ADDRESS, ERASED_NAME, type ForgottenPerson, scrubOf } from '../kit/scrub.ts';
import { eraseIntake } from './erase-intake.ts';
import { customerErased } from './events.ts';

/** By the search column's index; an address is found in whatever case it was written. */
const FIND = `select id, customer_name as name, customer_email as email, customer_note as note,
  admin_notes as "adminNotes" from customer_order
  where shop_id = $1 and search_text like $2 and lower(customer_email) = $3 and erased_at is null order by id`;
export type CustomerOrder = { id: string; name: string; email: string; note: string | null; adminNotes: string | null };

export const findCustomerOrders = (sql: Sql, shopId: string, address: string): Promise<CustomerOrder[]> =>
  sql.rows<CustomerOrder>('orders-of-customer', FIND, [shopId, anywhere(address), address]);

const COLLECT = `select o.number, o.reference, o.status, o.customer_name as name, o.customer_email as email,
  o.customer_note as note, o.admin_notes as "notesOfTheShop",
    o.currency, o.total_minor::float8 as "totalMinor", o.placed_at as "placedAt", o.approved_at as "approvedAt", o.rejected_at as "rejectedAt",
    (select json_agg(json_build_object('sku', l.sku, 'title', l.title, 'quantity', l.quantity, 'unitMinor', l.unit_minor,
      'decoration', json_build_object('method', l.decoration_method, 'location', l.decoration_location, 'size',
        l.decoration_size)) order by l.position)
      from order_line l where l.order_id = o.id) as lines,
    (select json_agg(json_build_object('at', e.at, 'what', e.type, 'data', e.data) order by e.seq)
      from event e where e.subject = o.id) as history
  from customer_order o where o.id = any($1::text[]) order by o.number`;

/** Their orders with lines and history. */
export const collectOrders = (sql: Sql, orderIds: readonly string[]): Promise<object[]> =>
  sql.rows('collect-orders', COLLECT, [orderIds]);

/**
 * Numbers, amounts and dates stay. One that waits for a decision gets none any more; one that was decided keeps its
 * decision.
 */
const ERASE = `update customer_order set customer_name = '${ERASED_NAME}', customer_email = '${ERASED_ADDRESS}',
  customer_note = null, admin_notes = null,
    reference = case when exists (select 1 from unnest($2::text[]) t
      where length(t) > 2 and position(lower(t) in lower(reference)) > 0) then null else reference end,
    erased_at = now(), version = version + 1,
    status = case when status = 'waiting' then 'cancelled' else status end,
    stage = case when stage in ('waiting', 'moving', 'problem') then 'closed' else stage end
  where id = any($1::text[]) and erased_at is null returning id, shop_id as "shopId"`;
const SEARCH = `update customer_order set search_text = lower(concat_ws(' ', '#' || number, reference))
  where id = any($1::text[])`;
const LINES = `select id, title, decoration_method as method, decoration_location as location, decoration_size as size
  from order_line where order_id = any($1::text[])`;
const KEEP_LINE = `update order_line set title = $2, decoration_method = $3, decoration_location = $4,
  decoration_size = $5 where id = $1`;
type Line = { id: string; title: string; method: string | null; location: string | null; size: string | null };

/**
 * Forgets whose orders these are, with everything a way into the house still holds of the person. Answers how many
 * orders were changed.
 */
export async function eraseOrders(tx: Tx, person: ForgottenPerson): Promise<number> {
  const { orderIds, texts } = person;
  const { text } = scrubOf(texts);
  const erased = await tx.rows<{ id: string; shopId: string }>('erase-orders', ERASE, [orderIds, texts]);
  await tx.rows('erase-order-search', SEARCH, [orderIds]);
  for (const line of await tx.rows<Line>('lines-to-erase', LINES, [orderIds])) {
    const [title, ...decoration] = [text(line.title), text(line.method), text(line.location), text(line.size)];
    if (title !== line.title || decoration.join() !== [line.method, line.location, line.size].join())
      await tx.rows('erase-line', KEEP_LINE, [line.id, title, ...decoration]);
  }
  await eraseIntake(tx, person);
  await recordEvents(
    tx,
    erased.map(({ id, shopId }) => customerErased({ shopId, subject: id })),
  );
  return erased.length;
}
