import { useQuery } from '@tanstack/react-query';
import { EmptyState } from '@windlass/ui/empty-state';
import { formatCountOf } from '@windlass/ui/format';
import { linkStyle } from '@windlass/ui/link-style';
import { PageHeader } from '@windlass/ui/page-header';
import { sliceOf } from '../../kit/api.ts';
import { RouterLink } from '../../kit/render-link.tsx';
import { RefusedOrders } from '../parts/refused-orders.tsx';
import type { OrdersSlice } from '../server/router.ts';

const useApi = sliceOf<OrdersSlice>();

/** Orders that shops sent and that could not be taken, for whoever decides orders. */
export default function RefusedScreen() {
  const rows = useQuery(useApi().orders.refused.queryOptions()).data?.rows;
  const answer = !rows
    ? ' '
    : rows.length === 0
      ? 'Every order that came was taken'
      : `${formatCountOf(rows.length, 'order')} not taken`;
  return (
    <>
      <PageHeader
        title="Orders not taken"
        back={
          <RouterLink to="/orders" className={linkStyle}>
            Orders
          </RouterLink>
        }
        answer={answer}
      />
      {rows?.length === 0 && (
        <EmptyState
          title="Nothing was refused"
          body="An order that a shop sends and that cannot be taken comes here, with the reason and what to do."
        />
      )}
      <RefusedOrders />
    </>
  );
}
