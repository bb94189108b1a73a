import type { LookUp } from '../../kit/subject.ts';

const READ = 'select id, order_id as "orderId" from artwork where shop_id = $1 and id = any($2::text[])';

/** The orders that artworks are for; of a removed one too, until it is deleted. */
export const ordersOfArtworks: LookUp<string> = async (sql, shopId, ids) => {
  const rows = await sql.rows<{ id: string; orderId: string }>('orders-of-artworks', READ, [shopId, ids]);
  return new Map(rows.map(({ id, orderId }) => [id, orderId]));
};
