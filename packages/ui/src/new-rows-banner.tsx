import { ArrowUp } from 'lucide-react';
import { cx } from './cx.tsx';
import { formatCount } from './format.tsx';

/**
 * "4 new": rows that wait because the reader is scrolled down or selecting. Stands before the table, under its head,
 * and takes no room, so nothing moves when it comes or goes.
 */
export function NewRowsBanner({ count, onShow }: { count: number; onShow: () => void }) {
  return (
    <div role="status" className="sticky top-(--sticky-top) z-15 flex h-0 justify-center">
      {count > 0 && (
        <button
          type="button"
          onClick={onShow}
          className={cx(
            'mt-10 max-sm:mt-1 flex h-7 items-center gap-1.5 rounded-full bg-accent px-3 text-xs font-medium',
            'text-on-accent tabular-nums shadow-popover hover:bg-accent-hover pointer-coarse:h-9',
          )}
        >
          <ArrowUp aria-hidden size={12} strokeWidth={2.5} />
          {formatCount(count)} new
        </button>
      )}
    </div>
  );
}
