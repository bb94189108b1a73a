import { useEffect, useRef } from 'react';
import { cx } from './cx.tsx';
import { formatCount } from './format.tsx';
import type { RenderLink } from './link-style.tsx';

export type CountedTab = {
  key: string;
  label: string;
  to: string;
  count?: number;
  /** There are more than `count`. */ more?: boolean;
};

/**
 * Tabs that are links, so that each has its URL. Counts keep their room from the start: nothing moves when they arrive.
 */
export function TabsWithCounts({
  label,
  tabs,
  current,
  renderLink: Link,
}: {
  /** Names the row of tabs for screen readers. */
  label: string;
  tabs: readonly CountedTab[];
  current: string;
  renderLink: RenderLink;
}) {
  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the row is wider than the screen: the tab one is on must not lie outside.
    const link = row.current?.querySelector<HTMLElement>('[aria-current=page]');
    if (row.current && link)
      row.current.scrollLeft = link.offsetLeft - (row.current.clientWidth - link.offsetWidth) / 2;
  }, [current]);
  return (
    <nav
      ref={row}
      aria-label={label}
      className="relative min-w-0 grow overflow-x-auto overflow-y-hidden border-b [scrollbar-width:none]"
    >
      <ul className="-mb-px flex min-w-max gap-1">
        {tabs.map((tab) => (
          <li key={tab.key}>
            <Link
              to={tab.to}
              aria-current={tab.key === current ? 'page' : undefined}
              className={cx(
                'flex h-9 items-center gap-1.5 border-b-2 px-2 font-medium -outline-offset-2 pointer-coarse:h-11',
                tab.key === current ? 'border-accent text-ink' : 'border-transparent text-muted hover:text-ink',
              )}
            >
              {tab.label}
              <span className="min-w-6 text-xs font-normal text-muted tabular-nums">
                {tab.count === undefined ? '' : `${formatCount(tab.count)}${tab.more ? '+' : ''}`}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
