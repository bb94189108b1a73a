/**
 * SQL that says whether the shop has an order by a staged row's reference: by that reference, or, as our own export
 * calls orders without one, by `#` and the number. Other shops call their orders so too: only one placed at the same
 * moment is that order.
 * `shop` and `row` are the names of the shop's parameter and of the row.
 */
export const knownReference = ({ shop, row }: { shop: string; row: string }): string => `(
    exists (select 1 from customer_order k where k.shop_id = ${shop} and k.reference = ${row}.reference)
    or case when ${row}.reference ~ '^#[1-9][0-9]{0,8}$' then exists (
      select 1 from customer_order k where k.shop_id = ${shop} and k.reference is null
        and k.number = substr(${row}.reference, 2)::int
        and date_trunc('milliseconds', k.placed_at) = (${row}.data->>'placedAt')::timestamptz) else false end)`;
