import { Checkbox } from '@windlass/ui/checkbox';
import type { Column } from '../../kit/list-screen/column.tsx';
import type { Selection } from '../../kit/use-selection.tsx';
import type { OrderRow } from '../contract.ts';

/** Only what waits can be decided. */
export const canTick = (order: OrderRow): boolean => order.status === 'waiting';

export const tickColumn = (rows: readonly OrderRow[], selection: Selection): Column<OrderRow> => ({
  head: <TickAll rows={rows} selection={selection} />,
  width: 'w-8',
  card: 'box',
  cell: (order) => canTick(order) && <Tick order={order} selection={selection} />,
});

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
