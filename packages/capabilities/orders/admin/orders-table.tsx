import { Checkbox } from '@windlass/ui/checkbox';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '@windlass/ui/data-table';
import { formatCount, formatMoney } from '@windlass/ui/format';
import { linkStyle } from '@windlass/ui/link-style';
import { RelativeTime } from '@windlass/ui/relative-time';
import { SkeletonRows } from '@windlass/ui/skeleton';
import { RouterLink } from '../../kit/render-link.tsx';
import type { Selection } from '../../kit/use-selection.tsx';
import type { OrderRow } from '../contract.ts';
import { OrderStatusCell } from './order-status.tsx';

/** Where an open drawer takes the list's room, this column gives its own to the names. */
const besideDrawer = 'xl:max-2xl:in-[body:has([data-side-panel])]:hidden';

export type OrdersTableProps = {
  rows: readonly OrderRow[];
  loading: boolean;
  focused: string | undefined;
  onOpen: (id: string) => void;
  /** Undefined: this person decides nothing, or nothing here waits. */
  selection: Selection | undefined;
};

export function OrdersTable({ rows, loading, focused, onOpen, selection }: OrdersTableProps) {
  if (loading) return <SkeletonRows rows={12} columns={['w-14', 'w-40', 'w-48', 'w-10', 'w-20', 'w-24', 'w-28']} />;
  return (
    <Table caption="Orders">
      <TableHead>
        {selection && <HeadCell className="w-8"><TickAll rows={rows} selection={selection} /></HeadCell>}
        <HeadCell className="w-24">Order</HeadCell>
        <HeadCell className="w-1/2 lg:w-1/5">Customer</HeadCell>
        <HeadCell className={`w-1/4 ${besideDrawer}`} hideBelow="lg">E-mail</HeadCell>
        <HeadCell numeric hideBelow="lg">Lines</HeadCell>
        <HeadCell numeric>Total</HeadCell>
        <HeadCell className="w-28" hideBelow="md">Placed</HeadCell>
        <HeadCell className="w-36 lg:w-1/3 xl:max-2xl:in-[body:has([data-side-panel])]:w-36">Status</HeadCell>
      </TableHead>
      <TableBody>
        {rows.map((order) => (
          <Row key={order.id} focused={order.id === focused} selected={selection?.has(order.id) === true} onOpen={() => onOpen(order.id)} data-order={order.number}>
            {selection && <Cell card="box">{canTick(order) && <Tick order={order} selection={selection} />}</Cell>}
            <Cell card="title"><RouterLink to={`/orders/${order.id}`} className={`${linkStyle} tabular-nums`}>{`#${order.number}`}</RouterLink></Cell>
            <Cell card="sub" clip>{order.customerName}</Cell>
            <Cell card="none" clip hideBelow="lg" className={`text-muted ${besideDrawer}`}>{order.customerEmail}</Cell>
            <Cell card="none" numeric hideBelow="lg">{formatCount(order.lineCount)}</Cell>
            <Cell label="Total" numeric>{formatMoney(order.total.minor, order.total.currency)}</Cell>
            <Cell label="Placed" hideBelow="md" className="whitespace-nowrap text-muted"><RelativeTime at={new Date(order.placedAt)} /></Cell>
            <Cell card="side" className="lg:max-w-0 lg:overflow-hidden"><OrderStatusCell order={order} /></Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

/** Only what waits can be decided. */
export const canTick = (order: OrderRow): boolean => order.status === 'waiting';

function Tick({ order, selection }: { order: OrderRow; selection: Selection }) {
  return (
    // Shift is seen on the way down: the box itself only says that it changed.
    <span onClickCapture={(event) => {
      if (!event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      selection.toggle(order.id, { range: true });
    }}>
      <Checkbox label={`Select #${order.number}`} labelHidden checked={selection.has(order.id)} onChange={() => selection.toggle(order.id)} />
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
