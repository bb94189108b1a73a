import type { Sql } from '@windlass/db/sql';
import type { SignedInContext } from '../../kit/server-context.ts';
import { RETRY_MOST } from '../contract.ts';

const FIND = `select id from job where shop_id = $1 and state = 'failed' and acknowledged_at is null
    and name = $2 and error_code is not distinct from $3
  order by created_at, id limit ${RETRY_MOST}`;

/** The ids of one failure class, the oldest first. */
export const findFailures = async (
  sql: Sql,
  ctx: SignedInContext,
  { name, code }: { name: string; code: string | null },
): Promise<string[]> =>
  (await sql.rows<{ id: string }>('find-failures', FIND, [ctx.person.shopId, name, code])).map(({ id }) => id);
