import { Cell, type CellProps, HeadCell } from '@windlass/ui/data-table';
import { cx } from '@windlass/ui/cx';
import { Skeleton } from '@windlass/ui/skeleton';
import type { ReactNode } from 'react';

/** A column of a list. What stands in its head is also the value's label in a card, where it is plain text. */
export type Column<Item> = Pick<CellProps, 'card' | 'clip' | 'numeric' | 'hideBelow' | 'className'> & {
  /** Left out: the column is for the cards of a phone alone, and only where `cell` has something to say. */
  head?: ReactNode;
  /** Of the head: how wide the column is, as a share where its text is clipped. */
  width?: string;
  /** How wide its text is about, for the bar that stands there while the list loads: `w-40`. */
  bar?: string;
  /** Shown on hover where the text may be cut. */
  title?: (item: Item) => string;
  cell: (item: Item, open: () => void) => ReactNode;
};

export function ColumnHead<Item>({ column }: { column: Column<Item> }) {
  const { head, width, numeric, hideBelow } = column;
  if (head === undefined) return null;
  return (
    <HeadCell {...(width && { className: width })} {...(numeric && { numeric })} {...(hideBelow && { hideBelow })}>
      {head}
    </HeadCell>
  );
}

export type ColumnCellProps<Item> = { column: Column<Item>; item: Item; open: () => void };

export function ColumnCell<Item>({ column, item, open }: ColumnCellProps<Item>) {
  const { head, width: _, bar: _bar, title, cell, className, ...place } = column;
  const content = cell(item, open);
  if (head === undefined && !content) return null;
  return (
    <Cell
      {...place}
      {...(typeof head === 'string' && (place.card ?? 'line') === 'line' && { label: head })}
      {...(title && { title: title(item) })}
      className={cx(head === undefined && 'sm:hidden', className)}
    >
      {content}
    </Cell>
  );
}

/** The room of a value that is still on its way, so that nothing moves when it comes. */
export function ColumnRoom<Item>({ column }: { column: Column<Item> }) {
  const { head, bar, card, numeric, hideBelow, className } = column;
  if (head === undefined) return null;
  return (
    <Cell
      className={className}
      {...(card && { card })}
      {...(hideBelow && { hideBelow })}
      {...(typeof head === 'string' && (card ?? 'line') === 'line' && { label: head })}
    >
      {bar && (
        <span className={cx('flex h-[1lh] items-center', numeric && 'sm:justify-end')}>
          <Skeleton className={cx('max-w-full', bar)} />
        </span>
      )}
    </Cell>
  );
}
