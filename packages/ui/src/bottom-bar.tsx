import { Ellipsis } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { cx } from './cx.tsx';
import type { RenderLink } from './link-style.tsx';
import type { ShellItem } from './rail-link.tsx';

const entry = cx(
  'relative flex h-full min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-[0.6875rem] font-medium',
  'text-muted -outline-offset-2 aria-[current=page]:text-accent-text',
);

/** Only where there is more than fits. */
const MorePlaces = lazy(() => import('./more-places.tsx'));

/** So many places fit side by side on the narrowest phone. */
const most = 5;

/** The rail on a phone: every place if they fit, else the first four and the rest behind "More". */
export function BottomBar({ items, renderLink: Link }: { items: readonly ShellItem[]; renderLink: RenderLink }) {
  const [open, setOpen] = useState(false);
  const fits = items.length <= most;
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-20 flex h-(--sticky-bottom) border-t bg-canvas pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      {items.slice(0, fits ? most : most - 1).map((item) => (
        <Link key={item.to} to={item.to} aria-current={item.current ? 'page' : undefined} className={entry}>
          <span aria-hidden className="relative flex">
            {item.icon}
            {Boolean(item.count) && <span className="absolute -top-0.5 -right-1.5 size-1.5 rounded-full bg-accent" />}
          </span>
          <span className="max-w-full truncate">{item.label}</span>
          {Boolean(item.count) && <span className="sr-only">{item.count} waiting</span>}
        </Link>
      ))}
      {!fits && (
        <button type="button" className={entry} aria-haspopup="dialog" onClick={() => setOpen(true)}>
          <Ellipsis aria-hidden size={16} />
          More
        </button>
      )}
      {!fits && (
        <Suspense>
          <MorePlaces items={items} renderLink={Link} open={open} onOpenChange={setOpen} />
        </Suspense>
      )}
    </nav>
  );
}
