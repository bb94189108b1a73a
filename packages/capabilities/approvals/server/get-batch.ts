import { notFound } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import type { BatchDetail } from '../contract.ts';
import { readBatch } from './read-batches.ts';

const REFUSALS = `select i.code, min(i.sentence) as sentence, count(*)::int as count,
    (array_agg(json_build_object('id', o.id, 'number', o.number) order by i.position))[1:5] as orders
  from batch_item i join customer_order o on o.id = i.order_id
  where i.batch_id = $1 and i.state = 'refused' group by i.code order by count(*) desc, i.code`;

export async function getBatch(ctx: SignedInContext, batchId: string): Promise<BatchDetail> {
  const { sql } = ctx.services.database;
  const [batch, refusals] = await Promise.all([
    readBatch(sql, { batchId, shopId: ctx.person.shopId }),
    sql.rows<BatchDetail['refusals'][number]>('read-batch-refusals', REFUSALS, [batchId]),
  ]);
  if (!batch) throw notFound('batch');
  return { ...batch, refusals };
}
