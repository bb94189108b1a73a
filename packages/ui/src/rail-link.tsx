import type { ReactNode } from 'react';
import { cx } from './cx.tsx';
import { formatCount } from './format.tsx';
import type { RenderLink } from './link-style.tsx';
import { Tooltip } from './tooltip.tsx';

export type ShellItem = {
  label: string;
  to: string;
  icon: ReactNode;
  /** What waits for a person there; zero is not shown. */
  count?: number;
  /** There are more than `count`. */
  more?: boolean;
  /** Where one is. A router that sets aria-current on its links itself may leave it out. */
  current?: boolean;
};

/**
 * One entry of the rail. Folded, the icon alone shows, with a dot where something waits, and its name on hover and
 * focus.
 */
export function RailLink({
  item,
  folded,
  renderLink: Link,
  onClick,
}: {
  item: ShellItem;
  folded?: boolean;
  renderLink: RenderLink;
  onClick?: () => void;
}) {
  const waits = item.count ? `${formatCount(item.count)}${item.more ? '+' : ''}` : null;
  const link = (
    <Link
      to={item.to}
      aria-current={item.current ? 'page' : undefined}
      onClick={onClick}
      className={cx(
        'relative flex h-8 items-center gap-2.5 rounded-md font-medium text-muted -outline-offset-1 hover:bg-hover hover:text-ink',
        'aria-[current=page]:bg-pressed aria-[current=page]:text-ink pointer-coarse:h-11',
        folded ? 'justify-center' : 'px-2',
      )}
    >
      <span aria-hidden className="flex shrink-0">
        {item.icon}
      </span>
      <span className={folded ? 'sr-only' : 'min-w-0 flex-1 truncate'}>{item.label}</span>
      {waits && <span className={folded ? 'sr-only' : 'text-xs font-normal text-muted tabular-nums'}>{waits}</span>}
      {waits && <span className="sr-only">waiting</span>}
      {folded && waits && <span aria-hidden className="absolute top-1 right-1.5 size-1.5 rounded-full bg-accent" />}
    </Link>
  );
  return folded ? (
    <Tooltip side="right" hint={waits ? `${item.label}, ${waits} waiting` : item.label}>
      {link}
    </Tooltip>
  ) : (
    link
  );
}
