import { useQuery } from '@tanstack/react-query';
import { buttonClass } from '@windlass/ui/button';
import { formatCount, formatCountOf } from '@windlass/ui/format';
import { linkStyle } from '@windlass/ui/link-style';
import { FailureNote } from '@windlass/ui/failure-note';
import { sliceOf } from '../../kit/api.ts';
import { RouterLink } from '../../kit/render-link.tsx';
import type { ApprovalsSlice } from '../server/router.ts';

const useApi = sliceOf<ApprovalsSlice>();

/** Above a list that shows one batch alone: which one, why some of its orders were refused, and the way back to all. */
export function BatchSummary({ id }: { id: string }) {
  const batch = useQuery(useApi().approvals.batch.queryOptions({ batchId: id })).data;
  return (
    <div className="mb-3 flex flex-col gap-2">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <span>
          {batch
            ? `Only the ${formatCountOf(batch.total, 'order')} that ${batch.by ?? 'somebody'} ${batch.decision === 'approve' ? 'approved' : 'rejected'} at once`
            : 'Only the orders of one batch'}
        </span>
        <RouterLink to="/orders?tab=all" className={buttonClass({ size: 'sm' })}>
          Show all orders
        </RouterLink>
      </p>
      {batch?.refusals.map(({ code, sentence, count, orders }) => (
        <FailureNote
          key={code}
          tone="warning"
          sentence={`${formatCount(count)} refused: ${sentence}`}
          fix={
            <>
              {orders.map((order) => (
                <RouterLink
                  key={order.id}
                  to={`/orders/${order.id}`}
                  className={`${linkStyle} mr-2 tabular-nums`}
                >{`#${order.number}`}</RouterLink>
              ))}
              {count > orders.length && 'and more'}
            </>
          }
        />
      ))}
    </div>
  );
}
