import pg from 'pg';
import { BUNDLE_ID, SHOP_ID } from '../world/make-shop.ts';

/**
 * A number from 0 to k - 1 out of an order's number and the seed: the same for the same seed, in whatever order rows
 * are made.
 */
const pick = (k: number, salt: number) => `(abs(hashint8extended(n, $3::bigint + ${salt})) % ${k})`;
const WORDS = [
  'Ada',
  'Bela',
  'Carla',
  'Dov',
  'Elin',
  'Femi',
  'Greta',
  'Hugo',
  'Ines',
  'Jonas',
  'Kaja',
  'Lars',
  'Mira',
  'Nils',
  'Olga',
  'Piet',
];
const LAST = [
  'Amsel',
  'Birke',
  'Castor',
  'Dohle',
  'Eiche',
  'Falke',
  'Ginster',
  'Heron',
  'Iltis',
  'Juniper',
  'Krokus',
  'Linde',
  'Marder',
  'Nessel',
];
const word = (list: string[], salt: number) => `('{${list.join(',')}}'::text[])[1 + ${pick(list.length, salt)}]`;
const id = (prefix: string) => `'${prefix}_' || lpad(to_hex(n), 26, '0')`;

/**
 * Of a thousand orders: 930 delivered, 20 rejected, 5 problems, 45 waiting. Seven seconds lie between two of them, give
 * or take.
 */
const ORDERS = `insert into customer_order (id, shop_id, number, status, stage, reference, customer_name,
  customer_email, search_text,
  currency, total_minor,
    line_count, placed_at, approved_at)
  select id, $4, n, case when dice < 45 then 'waiting' when dice < 65 then 'rejected' else 'approved' end::order_status,
    case when dice < 45 then 'waiting' when dice < 65 then 'closed' when dice < 70 then 'problem' else 'delivered' end::order_stage,
    'R-' || n, first || ' ' || last, mail, lower(first || ' ' || last || ' ' || mail || ' #' || n || ' R-' || n), 'EUR',
    900 + ${pick(90_000, 1)}, 1 + n % 3,
    at, case when dice >= 65 then at + interval '90 seconds' end
  from (select n, ${id('ord')} as id, ${pick(1_000, 2)} as dice, ${word(WORDS, 3)} as first, ${word(LAST, 4)} as last,
      'customer' || ${pick(300_000, 5)} || '@bench.test' as mail,
      now() - make_interval(secs => (($5::int - n) * 7)::float8 + ${pick(6_000, 6)} / 1000.0) as at
    from generate_series($1::int, $2::int) n) x`;

const LINES = `insert into order_line (id, order_id, position, sku, title, quantity, unit_minor, bundle_id)
  select 'line_' || lpad(to_hex(n * 4 + p), 26, '0'), ${id('ord')}, p, 'BENCH', 'A bundle of the bench, volume ' || p,
    1,
  900 + ${pick(9_000, 7)}, '${BUNDLE_ID}'
  from generate_series($1::int, $2::int) n cross join generate_series(1, 1 + n % 3) p`;

const DELIVERIES = `insert into delivery (id, shop_id, order_id, kind, channel, recipient_name, recipient, subject,
  state, dedupe_key,
  message_id, job_id, attempts,
    created_at, accepted_at, error_code, error_sentence, error_hint)
  select ${id('dlv')}, $3, id, 'bundle-links', 'email', customer_name, customer_email, 'Your files for order #' || n,
    case when stage = 'problem' then 'failed' else 'accepted' end::delivery_state, id || ':bundle-links:v2',
    '<' || n || '@bench.test>', ${id('job')}, 1, approved_at,
    case when stage <> 'problem' then approved_at + interval '2 seconds' end,
      case when stage = 'problem' then 'SMTP_UNKNOWN_USER' end,
    case when stage = 'problem' then 'The mail server does not know this address.' end,
    case when stage = 'problem' then 'Correct the address and resend.' end
  from (select number as n, * from customer_order
    where shop_id = $3 and number between $1 and $2 and status = 'approved') o`;

/** What an order's page shows besides: the job, the attempt with its conversation, the link and the timeline. */
const HISTORY = [
  `insert into job (id, shop_id, name, queue, payload, state, attempts, max_attempts, group_key, subject, run_after,
    created_at,
  started_at, finished_at)
    select d.job_id, $2, 'deliveries.send-email', 'mail', jsonb_build_object('deliveryId', d.id),
    case when d.state = 'failed' then 'failed' else 'succeeded' end::job_state,
      1, 4, $2, d.order_id, d.created_at, d.created_at, d.created_at, d.created_at + interval '2 seconds' from delivery d
    join customer_order o on o.id = d.order_id where o.shop_id = $2 and o.number > $1`,
  `insert into delivery_attempt (delivery_id, attempt, started_at, committed_at, ended_at, outcome, smtp_code,
    conversation)
    select d.id, 1, d.created_at, d.created_at, d.created_at + interval '2 seconds', d.state::text, 250,
      (select jsonb_agg(jsonb_build_object('at', 1767225600000 + i, 'who', case when i % 2 = 0 then 'server' else 'client' end, 'line',
      'line ' || i || ' of the conversation'))
        from generate_series(1, 11) i)
    from delivery d join customer_order o on o.id = d.order_id where o.shop_id = $2 and o.number > $1`,
  `insert into download_link (id, shop_id, order_id, bundle_id, delivery_id, token_hash, expires_at, max_downloads)
    select 'lnk' || substr(d.id, 4), $2, d.order_id, '${BUNDLE_ID}', d.id, sha256(d.id::bytea),
      d.created_at + interval '1 day', 10
    from delivery d join customer_order o on o.id = d.order_id where o.shop_id = $2 and o.number > $1`,
  `insert into event (shop_id, topic, subject, type, data, at)
    select $2, e.topic, o.id, e.type, '{"by": "Bench"}', o.placed_at + make_interval(secs => e.place)
      from customer_order o
    cross join (values (1, 'orders', 'order.placed'), (2, 'approvals', 'approval.approved'), (3, 'deliveries', 'delivery.queued'), (4,
    'deliveries', 'delivery.sending'),
      (5, 'deliveries', 'delivery.committing'), (6, 'deliveries', 'delivery.accepted')) e(place, topic, type)
    where o.shop_id = $2 and o.number > $1 and (e.place = 1 or o.status = 'approved') order by o.placed_at, e.place`,
];

export type Filling = {
  orders: number;
  seed: number;
  /** The newest so many have all that an order's page shows; the jobs of older ones are past their keep. */
  withHistory: number;
};

const PORTION = 50_000;

/**
 * Fills the bench's shop with orders by set-based statements, the same ones for the same seed, and brings the planner
 * up to date.
 */
export async function fillShop(databaseUrl: string, { orders, seed, withHistory }: Filling): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // Built once at the end, a tenth of the time.
    const search = await client.query<{ indexdef: string }>(
      `select indexdef from pg_indexes where indexname = 'order_search'`,
    );
    await client.query('drop index order_search');
    for (let from = 1; from <= orders; from += PORTION) {
      const values = [from, Math.min(orders, from + PORTION - 1), seed, SHOP_ID, orders];
      await client.query(ORDERS, values);
      await client.query(LINES, values.slice(0, 3));
      await client.query(DELIVERIES, [...values.slice(0, 2), SHOP_ID]);
    }
    for (const text of HISTORY) await client.query(text, [orders - withHistory, SHOP_ID]);
    await client.query(`set maintenance_work_mem = '512MB'`);
    await client.query(search.rows[0]!.indexdef);
    await client.query(
      'vacuum analyze customer_order, order_line, delivery, job, event, download_link, delivery_attempt',
    );
  } finally {
    await client.end();
  }
}
