import type { LookUp, SubjectLabel } from '../../kit/subject.ts';

const READ = `select id, number, null::text as "fileName"
  from customer_order where shop_id = $1 and id = any($2::text[])
  union all select id, null::int, file_name from order_import where shop_id = $1 and id = any($2::text[])`;
type Read = { id: string; number: number | null; fileName: string | null };

/** What orders, and imports of files, are called. */
export const labelOrders: LookUp<SubjectLabel> = async (sql, shopId, ids) => {
  const rows = await sql.rows<Read>('label-orders', READ, [shopId, ids]);
  return new Map(
    rows.map(({ id, number, fileName }) => [
      id,
      fileName === null
        ? { label: `Order #${number}`, to: `/orders/${id}` }
        : { label: fileName, to: `/orders/import?id=${id}` },
    ]),
  );
};
