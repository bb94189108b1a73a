import { useQuery } from '@tanstack/react-query';
import { formatCountOf, formatDay } from '@windlass/ui/format';
import { linkStyle } from '@windlass/ui/link-style';
import { StatusIcon } from '@windlass/ui/status-icon';
import { tonePanel, toneText } from '@windlass/ui/tone';
import { sliceOf } from '../../kit/api.ts';
import { useMayAct } from '../../kit/person.tsx';
import { RouterLink } from '../../kit/render-link.tsx';
import type { OrdersSlice } from '../server/router.ts';

const useApi = sliceOf<OrdersSlice>();

/**
 * Above the orders, for those who can do something about it: what will be deleted within two weeks because nobody dealt
 * with it.
 */
export function RefusedDeletion() {
  const mayAct = useMayAct('operator');
  const refused = useQuery(useApi().orders.refused.queryOptions(undefined, { enabled: mayAct }));
  const deletion = refused.data?.deletion;
  if (!deletion || deletion.soon === 0) return null;
  return (
    <p role="status" className={`mb-3 flex gap-2.5 rounded-md border px-3 py-2 text-sm ${tonePanel.warning}`}>
      <StatusIcon name="clock" size={14} className={`mt-0.75 shrink-0 ${toneText.warning}`} />
      <span>
        <span className={`font-medium ${toneText.warning}`}>{describeDeletion(deletion.soon, deletion.firstAt)}</span> A
        shop sent them, and nobody has dealt with them.{' '}
        <RouterLink to="/refused-orders" className={linkStyle}>
          Look at the orders not taken
        </RouterLink>
      </span>
    </p>
  );
}

/** "3 orders not taken will be deleted, the first of them on 26 Feb 2027." */
export const describeDeletion = (count: number, firstAt: string): string =>
  `${formatCountOf(count, 'order not taken', 'orders not taken')} will be deleted${count === 1 ? '' : ', the first of them'} on ${formatDay(new Date(firstAt))}.`;
