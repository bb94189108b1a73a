import { useEffect, useRef } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.tsx';

/*
 * Plain table parts. Below 640 px each row is a card, by CSS alone: the roles are written out because
 * `display` other than table's takes the meaning of rows and cells away in some browsers.
 */

/** Hides a column on windows where it has no room; the card shows it again. */
type HideBelow = 'md' | 'lg' | 'xl';
const hidden: Record<HideBelow, string> = {
  md: 'sm:max-md:hidden',
  lg: 'sm:max-lg:hidden',
  xl: 'sm:max-xl:hidden',
};

/** `caption` names the table for screen readers. Children: TableHead and TableBody. */
export function Table({ caption, children }: { caption: string; children: ReactNode }) {
  return (
    <table role="table" aria-label={caption} className="w-full border-separate border-spacing-0 text-sm max-sm:block">
      {children}
    </table>
  );
}

/** The head, stuck under the shell's top bar; a phone shows each label beside its value instead. */
export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead role="rowgroup" className="max-sm:sr-only">
      <tr role="row">{children}</tr>
    </thead>
  );
}

export function HeadCell({
  children,
  numeric,
  hideBelow,
  className,
}: {
  children?: ReactNode;
  numeric?: boolean;
  hideBelow?: HideBelow;
  className?: string;
}) {
  return (
    <th
      role="columnheader"
      scope="col"
      className={cx(
        'sticky top-(--sticky-top) z-10 h-8 border-b bg-canvas px-2 text-xs font-medium whitespace-nowrap text-muted first:pl-3 last:pr-3',
        numeric ? 'text-right' : 'text-left',
        hideBelow && hidden[hideBelow],
        className,
      )}
    >
      {children}
    </th>
  );
}

export function TableBody({ children }: { children: ReactNode }) {
  return (
    <tbody role="rowgroup" className="max-sm:flex max-sm:flex-col">
      {children}
    </tbody>
  );
}

export type RowProps = Omit<ComponentProps<'tr'>, 'onClick'> & {
  selected?: boolean;
  /** The row j and k stand on. It takes the browser's focus, unless the reader is busy elsewhere. */
  focused?: boolean;
  /** A click anywhere that is not a link, button or box of its own. */
  onOpen?: () => void;
};

/** 36 px, or a card on a phone. */
export function Row({ selected, focused, onOpen, className, ...rest }: RowProps) {
  const row = useRef<HTMLTableRowElement>(null);
  const wasFocused = useRef(focused);
  useEffect(() => {
    const element = row.current;
    const arrived = focused && !wasFocused.current;
    wasFocused.current = focused;
    // Only on a move: a page that has just opened leaves focus at its top.
    if (!arrived || !element) return;
    element.scrollIntoView({ block: 'nearest' });
    const active = document.activeElement;
    const free = !active || active === document.body || element.closest('table')?.contains(active);
    if (free) element.focus({ preventScroll: true });
  }, [focused]);

  return (
    <tr
      ref={row}
      role="row"
      {...rest}
      tabIndex={focused ? 0 : -1}
      data-selected={selected || undefined}
      data-focused={focused ? 'true' : undefined}
      onClick={(event) => {
        if (!(event.target as Element).closest('a,button,input,label,[role=checkbox]')) onOpen?.();
      }}
      className={cx(
        'group/row -outline-offset-2 data-selected:bg-accent-soft',
        'max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto]',
        'max-sm:has-data-[card=box]:grid-cols-[auto_minmax(0,1fr)_auto] max-sm:gap-x-3 max-sm:gap-y-1',
        'max-sm:border-b max-sm:px-1 max-sm:py-3',
        onOpen && 'cursor-default hover:not-data-selected:bg-hover data-focused:not-data-selected:bg-hover',
        className,
      )}
    />
  );
}

/**
 * Where a cell goes in the card: the tick box before it, its first line (left or right), a line of its own without
 * or with its label, or nowhere.
 */
type CardPlace = 'box' | 'title' | 'side' | 'sub' | 'line' | 'none';
const fullWidth = 'max-sm:col-span-full max-sm:group-has-data-[card=box]/row:col-start-2';
const places: Record<CardPlace, string> = {
  box: 'max-sm:-order-3',
  title: 'max-sm:-order-2 max-sm:font-medium',
  side: 'max-sm:-order-1 max-sm:justify-self-end max-sm:text-right',
  sub: fullWidth,
  line: cx(
    fullWidth,
    'max-sm:flex max-sm:items-baseline max-sm:justify-between max-sm:gap-4 max-sm:text-left',
    'max-sm:before:shrink-0 max-sm:before:text-muted max-sm:before:content-[attr(data-label)]',
  ),
  none: 'max-sm:hidden',
};

export type CellProps = ComponentProps<'td'> & {
  /** The column's name, shown beside the value in a card. */
  label?: string;
  numeric?: boolean;
  hideBelow?: HideBelow;
  card?: CardPlace;
  /** Keeps to one line and ends in "…"; give its HeadCell a width as a share (`w-2/5`). */
  clip?: boolean;
};

export function Cell({ label, numeric, hideBelow, card = 'line', clip, className, ...rest }: CellProps) {
  return (
    <td
      role="cell"
      data-label={label}
      data-card={card}
      {...rest}
      className={cx(
        'sm:h-row sm:border-b sm:px-2 sm:first:pl-3 sm:last:pr-3',
        'sm:group-data-focused/row:first:shadow-[inset_2px_0_0_var(--color-accent)]',
        numeric && 'whitespace-nowrap tabular-nums sm:text-right',
        clip && 'sm:max-w-0 sm:truncate',
        hideBelow && hidden[hideBelow],
        places[card],
        className,
      )}
    />
  );
}
