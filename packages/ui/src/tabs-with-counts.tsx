import { cx } from './cx.tsx';
import { formatCount } from './format.tsx';
import type { RenderLink } from './link-style.tsx';

export type CountedTab = { key: string; label: string; to: string; count?: number };

/** Tabs that are links, so that each has its URL. Counts keep their room from the start: nothing moves when they arrive. */
export function TabsWithCounts({ label, tabs, current, renderLink: Link }: {
  /** Names the row of tabs for screen readers. */
  label: string;
  tabs: readonly CountedTab[];
  current: string;
  renderLink: RenderLink;
}) {
  return (
    <nav aria-label={label} className="min-w-0 grow overflow-x-auto overflow-y-hidden border-b [scrollbar-width:none]">
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
                {tab.count === undefined ? '' : formatCount(tab.count)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
