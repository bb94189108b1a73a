/**
 * Begins a statement about these deliveries (an expression of their ids) by locking the rows of their orders, then
 * their own, each in the order of their ids, as everybody does: so nobody deadlocks with a person who stops one.
 * `locked` answers an order's address as it is once the lock is held. Refer to `held` in the first change: a common
 * table expression nobody refers to is not run.
 */
export const lockOrdersFirst = (ids: string): string =>
  `locked as materialized (
    select o.id, o.customer_email as address from customer_order o
    where o.id in (select d.order_id from delivery d where d.id = any(${ids})) order by o.id for update of o),
  held as materialized (
    select d.id, d.state, d.order_id, d.updated_at > d.created_at as touched from delivery d
      where d.id = any(${ids}) and (select count(*) from locked) >= 0 order by d.id for update of d)`;
