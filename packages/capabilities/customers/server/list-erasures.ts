import type { SignedInContext } from '../../kit/server-context.ts';
import { iso } from '../../kit/sql-text.ts';
import type { Erasure } from '../contract.ts';

const LIST = `select e.id, e.state, coalesce(u.name, '') as by, ${iso('e.created_at')} as "createdAt",
  ${iso('e.finished_at')} as "finishedAt", e.orders, e.messages, e.artworks,
    case when j.id is not null then json_build_object('id', j.id, 'state', j.state, 'step', j.step, 'errorSentence',
      j.error_sentence, 'acknowledged', j.acknowledged_at is not null) end as job
  from customer_erasure e left join app_user u on u.id = e.created_by left join job j on j.id = e.job_id
  where e.shop_id = $1 order by e.created_at desc, e.id desc limit 50`;

/** The newest 50 requests to forget somebody, without whom. */
export const listErasures = async (ctx: SignedInContext): Promise<{ rows: Erasure[] }> => ({
  rows: await ctx.services.database.sql.rows<Erasure>('list-erasures', LIST, [ctx.person.shopId]),
});
