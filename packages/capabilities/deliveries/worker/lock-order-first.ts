/**
 * Begins a statement about delivery $1 by locking its order's row, which answers the order's address as it is once the
 * lock is held. Refer to `locked` in the first change's condition: a common table expression nobody refers to is not
 * run, and one in a condition without columns is run before the first row is looked at.
 */
export const LOCK_ORDER_FIRST = `locked as materialized (
    select o.id, o.customer_email as address from customer_order o join delivery d on d.order_id = o.id where d.id = $1 for update of o)`;
