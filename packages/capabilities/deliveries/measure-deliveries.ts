import type { Sql } from '@windlass/db/sql';

const MEASURE = `select count(*) filter (where state in ('accepted', 'sent', 'delivered', 'read'))::int as delivered,
    count(*) filter (where state in ('failed', 'bounced', 'uncertain'))::int as failed
  from delivery where shop_id = $1 and created_at > now() - interval '24 hours'`;

/** What became of the messages of the last 24 hours. */
export const measureDeliveries = async (sql: Sql, shopId: string): Promise<{ delivered: number; failed: number }> =>
  (await sql.row<{ delivered: number; failed: number }>('measure-deliveries', MEASURE, [shopId]))!;

const ERRORS = `select a.error_code as code, min(a.error_sentence) as sentence, count(*)::int as count
  from delivery_attempt a join delivery d on d.id = a.delivery_id
  where d.shop_id = $1 and d.created_at > now() - interval '24 hours' and a.error_code is not null
  group by a.error_code order by count(*) desc limit 20`;

/** Why their attempts failed, the most frequent first. */
export const countDeliveryErrors = (
  sql: Sql,
  shopId: string,
): Promise<{ code: string; sentence: string | null; count: number }[]> => sql.rows('measure-errors', ERRORS, [shopId]);
