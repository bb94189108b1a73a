import { Checkbox } from '@windlass/ui/checkbox';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '@windlass/ui/data-table';
import { formatCount, formatMoney } from '@windlass/ui/format';
import { linkStyle } from '@windlass/ui/link-style';
import { RelativeTime } from '@windlass/ui/relative-time';
import { SkeletonRows } from '@windlass/ui/skeleton';
import { DeliveryFix } from '../../deliveries/parts/delivery-fix.tsx';
import { isProblem } from '../../deliveries/rules.ts';
import { RouterLink } from '../../kit/render-link.tsx';
import type { Selection } from '../../kit/use-selection.tsx';
import type { OrderRow } from '../contract.ts';
import { shopOrderName } from '../parts/shop-order-name.ts';
import { OrderStatusCell } from './order-status.tsx';
import { listQuery, type OpenList } from './order-tabs.ts';

/** Where an open drawer takes the list's room, this column gives its own to the names. */
const besideDrawer = 'xl:max-2xl:in-[body:has([data-side-panel])]:hidden';

export type OrdersTableProps = {
  rows: readonly OrderRow[];
  loading: boolean;
  focused: string | undefined;
  onOpen: (id: string) => void;
  /** Kept in the address of what is opened from here. */
  list: OpenList;
  /** Undefined: this person decides nothing, or nothing here waits. */
  selection: Selection | undefined;
};

export function OrdersTable({ rows, loading, focused, onOpen, list, selection }: OrdersTableProps) {
  if (loading) return <SkeletonRows rows={12} columns={['w-14', 'w-40', 'w-48', 'w-10', 'w-20', 'w-24', 'w-28']} />;
  return (
    <Table caption="Orders">
      <TableHead>
        {selection && (
          <HeadCell className="w-8">
            <TickAll rows={rows} selection={selection} />
          </HeadCell>
        )}
        <HeadCell className="w-24">Order</HeadCell>
        <HeadCell className="w-1/2 lg:w-1/5">Customer</HeadCell>
        <HeadCell className={`w-1/6 ${besideDrawer}`} hideBelow="lg">
          E-mail
        </HeadCell>
        <HeadCell numeric hideBelow="lg">
          Lines
        </HeadCell>
        <HeadCell numeric>Total</HeadCell>
        <HeadCell className="w-28" hideBelow="md">
          Placed
        </HeadCell>
        <HeadCell className="w-36 lg:w-2/5 xl:max-2xl:in-[body:has([data-side-panel])]:w-36">Status</HeadCell>
      </TableHead>
      <TableBody>
        {rows.map((order) => (
          <Row
            key={order.id}
            focused={order.id === focused}
            selected={selection?.has(order.id) === true}
            onOpen={() => onOpen(order.id)}
            data-order={order.number}
          >
            {selection && <Cell card="box">{canTick(order) && <Tick order={order} selection={selection} />}</Cell>}
            <Cell card="title">
              <OrderName order={order} href={`/orders/${order.id}${listQuery(list)}`} />
            </Cell>
            <Cell card="sub" clip>
              {order.customerName}
            </Cell>
            <Cell card="none" clip hideBelow="lg" className={`text-muted ${besideDrawer}`}>
              {order.customerEmail}
            </Cell>
            <Cell card="none" numeric hideBelow="lg">
              {formatCount(order.lineCount)}
            </Cell>
            <Cell label="Total" numeric>
              {formatMoney(order.total.minor, order.total.currency)}
            </Cell>
            <Cell label="Placed" hideBelow="md" className="whitespace-nowrap text-muted">
              <RelativeTime at={new Date(order.placedAt)} />
            </Cell>
            {phoneWords(order) && (
              <Cell card="sub" className="text-muted sm:hidden">
                <span className="flex items-center gap-3">
                  <span className="min-w-0 flex-1 text-pretty wrap-anywhere">{phoneWords(order)}</span>
                  {order.delivery && order.status === 'approved' && (
                    <DeliveryFix delivery={order.delivery} onOpen={() => onOpen(order.id)} />
                  )}
                </span>
              </Cell>
            )}
            <Cell card="side" className="lg:max-w-0 lg:overflow-hidden">
              <OrderStatusCell order={order} onOpen={() => onOpen(order.id)} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

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
const phoneWords = ({ rejectionReason, delivery }: OrderRow): string | null =>
  rejectionReason ?? (delivery && isProblem(delivery.state) ? delivery.errorSentence : null);

/** Only what waits can be decided. */
export const canTick = (order: OrderRow): boolean => order.status === 'waiting';

function Tick({ order, selection }: { order: OrderRow; selection: Selection }) {
  return (
    // Shift is seen on the way down: the box itself only says that it changed.
    <span
      onClickCapture={(event) => {
        if (!event.shiftKey) return;
        event.preventDefault();
        event.stopPropagation();
        selection.toggle(order.id, { range: true });
      }}
    >
      <Checkbox
        label={`Select #${order.number}`}
        labelHidden
        checked={selection.has(order.id)}
        onChange={() => selection.toggle(order.id)}
      />
    </span>
  );
}

function TickAll({ rows, selection }: { rows: readonly OrderRow[]; selection: Selection }) {
  const possible = rows.filter(canTick).length;
  const ticked = selection.ids.length;
  return (
    <Checkbox
      label="Select all on this page"
      labelHidden
      checked={possible > 0 && ticked === possible}
      indeterminate={ticked > 0 && ticked < possible}
      disabled={possible === 0}
      onChange={selection.toggleAll}
    />
  );
}
