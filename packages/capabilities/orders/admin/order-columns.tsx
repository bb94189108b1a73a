import { formatCount, formatMoney } from '@windlass/ui/format';
import { linkStyle } from '@windlass/ui/link-style';
import { RelativeTime } from '@windlass/ui/relative-time';
import { DeliveryFix } from '../../deliveries/parts/delivery-fix.tsx';
import { isProblem } from '../../deliveries/rules.ts';
import type { Column } from '../../kit/list-screen/column.tsx';
import { RouterLink } from '../../kit/render-link.tsx';
import type { OrderRow } from '../contract.ts';
import { shopOrderName } from '../parts/shop-order-name.ts';
import { OrderStatusCell } from './order-status.tsx';
import { listQuery, type OpenList } from './order-tabs.ts';

/** Where an open drawer takes the list's room, this column gives its own to the names. */
const besideDrawer = 'xl:max-2xl:in-[body:has([data-side-panel])]:hidden';

/** `list` is kept in the address of what is opened from it. */
export const orderColumns = (list: OpenList): readonly Column<OrderRow>[] => [
  {
    head: 'Order',
    width: 'w-24',
    bar: 'w-14',
    card: 'title',
    cell: (order) => <OrderName order={order} href={`/orders/${order.id}${listQuery(list)}`} />,
  },
  {
    head: 'Customer',
    width: 'w-1/2 lg:w-1/5',
    bar: 'w-40',
    card: 'sub',
    clip: true,
    cell: (order) => order.customerName,
  },
  {
    head: 'E-mail',
    width: `w-1/6 ${besideDrawer}`,
    bar: 'w-48',
    card: 'none',
    clip: true,
    hideBelow: 'lg',
    className: `text-muted ${besideDrawer}`,
    cell: (order) => order.customerEmail,
  },
  {
    head: 'Lines',
    bar: 'w-10',
    card: 'none',
    numeric: true,
    hideBelow: 'lg',
    cell: (order) => formatCount(order.lineCount),
  },
  {
    head: 'Total',
    bar: 'w-20',
    numeric: true,
    cell: ({ total }) => formatMoney(total.minor, total.currency),
  },
  {
    head: 'Placed',
    width: 'w-28',
    bar: 'w-24',
    hideBelow: 'md',
    className: 'whitespace-nowrap text-muted',
    cell: (order) => <RelativeTime at={new Date(order.placedAt)} />,
  },
  { card: 'sub', className: 'text-muted', cell: phoneWords },
  {
    head: 'Status',
    width: 'w-36 lg:w-2/5 xl:max-2xl:in-[body:has([data-side-panel])]:w-36',
    bar: 'w-28',
    card: 'side',
    className: 'lg:max-w-0 lg:overflow-hidden',
    cell: (order, open) => <OrderStatusCell order={order} onOpen={open} />,
  },
];

/** As wide as it needs to be, within what the other columns can give. */
const theirName = 'max-w-full truncate text-xs font-normal text-muted sm:max-w-32 lg:max-w-40 xl:max-w-56';

/** Our number, and what the connected shop calls it: two shops call their orders alike. */
function OrderName({ order, href }: { order: OrderRow; href: string }) {
  const theirs = shopOrderName(order);
  return (
    <span className="flex min-w-0 items-baseline gap-2 max-sm:flex-wrap">
      <RouterLink to={href} className={`${linkStyle} shrink-0 tabular-nums`}>{`#${order.number}`}</RouterLink>
      {theirs && (
        <span className={theirName} title={theirs}>
          {theirs}
        </span>
      )}
    </span>
  );
}

/** What a phone has no room for beside the chip: why it was rejected, or what went wrong. */
function phoneWords({ rejectionReason, delivery, status }: OrderRow, open: () => void) {
  const words = rejectionReason ?? (delivery && isProblem(delivery.state) ? delivery.errorSentence : null);
  if (!words) return null;
  return (
    <span className="flex items-center gap-3">
      <span className="min-w-0 flex-1 text-pretty wrap-anywhere">{words}</span>
      {delivery && status === 'approved' && <DeliveryFix delivery={delivery} onOpen={open} />}
    </span>
  );
}
