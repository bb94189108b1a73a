/** SQL for the contract's `concerns` of `o`, an order. */
export const CONCERNS = `array_remove(array[
    case when o.shop_cancelled_at is not null then 'cancelled' end,
    case when o.payment_status in ('unpaid', 'authorised', 'refunded', 'voided') then o.payment_status::text end,
    case when o.is_draft then 'draft' end,
    case when o.is_test then 'test' end], null)`;
