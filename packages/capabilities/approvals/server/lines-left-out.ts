import type { Sql } from '@windlass/db/sql';

const SELECT = `select count(*)::int as lines,
  coalesce(array_agg(l.sku order by l.position) filter (where b.object_key is null), '{}') as skus
  from order_line l left join bundle b on b.id = l.bundle_id where l.order_id = $1`;

const MOST_NAMED = 3;

/**
 * What an approved order's mail will not hold, as a sentence for who approves: "1 of its 2 lines has nothing to send:
 * MUG." Undefined: it holds all.
 */
export async function describeLinesLeftOut(sql: Sql, orderId: string): Promise<string | undefined> {
  const { lines, skus } = (await sql.row<{ lines: number; skus: string[] }>('lines-left-out', SELECT, [orderId]))!;
  if (skus.length === 0) return undefined;
  const named = skus.slice(0, MOST_NAMED).join(', ') + (skus.length > MOST_NAMED ? ' …' : '');
  return `${skus.length} of its ${lines} lines ${skus.length === 1 ? 'has' : 'have'} nothing to send: ${named}.`;
}
