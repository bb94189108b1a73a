import { Row, Table, TableBody, TableHead } from '@windlass/ui/data-table';
import { type Column, ColumnCell, ColumnHead, ColumnRoom } from './column.tsx';
import type { List } from './use-list.tsx';

export type ListTableProps<Item extends { id: string }> = {
  /** Names the table for screen readers. */
  caption: string;
  list: List<Item>;
  columns: readonly Column<Item>[];
  /** Rows whose room is kept while the first page loads. */
  room?: number;
  isSelected?: ((id: string) => boolean) | undefined;
  /** Marks a row, for whoever looks for it in the page. */
  mark?: (item: Item) => Record<`data-${string}`, string | number>;
};

/** A list as a table, and on a phone as cards. */
export function ListTable<Item extends { id: string }>(props: ListTableProps<Item>) {
  const { caption, list, columns, room = 10, isSelected, mark } = props;
  const head = (
    <TableHead>
      {columns.map((column, at) => (
        <ColumnHead key={at} column={column} />
      ))}
    </TableHead>
  );
  if (list.loading) {
    return (
      <>
        <span role="status" aria-label="Loading" />
        <Table caption={caption}>
          {head}
          <TableBody>
            {Array.from({ length: room }, (_, row) => (
              <Row key={row} aria-hidden>
                {columns.map((column, at) => (
                  <ColumnRoom key={at} column={column} />
                ))}
              </Row>
            ))}
          </TableBody>
        </Table>
      </>
    );
  }
  return (
    <Table caption={caption}>
      {head}
      <TableBody>
        {list.rows.map((item) => {
          const open = () => list.open(item.id);
          return (
            <Row
              key={item.id}
              focused={item.id === list.focused}
              selected={isSelected?.(item.id) === true}
              onOpen={open}
              {...mark?.(item)}
            >
              {columns.map((column, at) => (
                <ColumnCell key={at} column={column} item={item} open={open} />
              ))}
            </Row>
          );
        })}
      </TableBody>
    </Table>
  );
}
