import { ChevronsLeft, ChevronsRight } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { BottomBar } from './bottom-bar.tsx';
import { cx } from './cx.tsx';
import { IconButton } from './icon-button.tsx';
import type { RenderLink } from './link-style.tsx';
import { RailLink } from './rail-link.tsx';
import type { ShellItem } from './rail-link.tsx';

export type { ShellItem } from './rail-link.tsx';

const foldedKey = 'rail-folded';

export type AppShellProps = {
  /** The product's or shop's name, at the top of the rail. */
  name: ReactNode;
  items: readonly ShellItem[];
  renderLink: RenderLink;
  /** Top bar, from the left: the button that opens search; then connection, theme and who you are. */
  search?: ReactNode;
  tools?: ReactNode;
  children: ReactNode;
};

/**
 * Rail, top bar, content. The rail folds and remembers it; on a phone it is a bar at the bottom. The window scrolls.
 */
export function AppShell({ name, items, renderLink, search, tools, children }: AppShellProps) {
  const [folded, setFolded] = useState(() => localStorage.getItem(foldedKey) === 'yes');
  const fold = (next: boolean) => {
    setFolded(next);
    localStorage.setItem(foldedKey, next ? 'yes' : 'no');
  };

  return (
    <div data-shell className="flex min-h-dvh">
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-2 font-medium text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>
      <aside
        className={cx(
          'sticky top-0 flex h-dvh shrink-0 flex-col border-r bg-sunken max-sm:hidden',
          folded ? 'w-rail-folded' : 'w-rail',
        )}
      >
        <div className={cx('flex h-topbar shrink-0 items-center font-semibold', folded ? 'justify-center' : 'px-4')}>
          {!folded && <span className="min-w-0 flex-1 truncate">{name}</span>}
          <IconButton
            size="sm"
            side="right"
            label={folded ? 'Unfold the rail' : 'Fold the rail'}
            aria-expanded={!folded}
            icon={folded ? <ChevronsRight aria-hidden size={14} /> : <ChevronsLeft aria-hidden size={14} />}
            onClick={() => fold(!folded)}
            className="-mr-1"
          />
        </div>
        <nav aria-label="Main" className="min-h-0 flex-1 overflow-y-auto px-2 pt-1 pb-4">
          <ul className="flex flex-col gap-0.5">
            {items.map((item) => (
              <li key={item.to}>
                <RailLink item={item} folded={folded} renderLink={renderLink} />
              </li>
            ))}
          </ul>
        </nav>
      </aside>
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="sticky top-0 z-20 flex h-topbar items-center gap-2 border-b bg-canvas px-4 sm:px-6">
          <span className="min-w-0 truncate font-semibold sm:hidden">{name}</span>
          {search}
          <div className="ml-auto flex items-center gap-1">{tools}</div>
        </header>
        <main
          id="content"
          tabIndex={-1}
          className={cx(
            'min-w-0 flex-1 px-4 pb-16 outline-none sm:px-6 max-sm:pb-32',
            // An open drawer takes its room beside the list where there is enough of it.
            'xl:in-[body:has([data-side-panel])]:pr-[calc(var(--spacing-drawer)+1.5rem)]',
          )}
        >
          {children}
        </main>
      </div>
      <BottomBar items={items} renderLink={renderLink} />
    </div>
  );
}
