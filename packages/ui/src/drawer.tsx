import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { cx } from './cx.tsx';
import { focusedRow } from './focused-row.tsx';
import { Kbd } from './kbd.tsx';
import { useIsNarrow } from './use-media-query.tsx';

export type DrawerProps = {
  open: boolean;
  onClose: () => void;
  title: string;
  /** Beside the title: a status chip. */
  status?: ReactNode;
  /** Beside the close button: a link to the full page, a menu. */
  tools?: ReactNode;
  /** Buttons that stay in sight at the bottom. */
  footer?: ReactNode;
  children: ReactNode;
};

/**
 * Detail at the right of its list. On a wide window it is no modal: the list stays in view and usable, j and k go on.
 * Below 640 px it fills the screen and holds focus. Escape closes it, and focus
 * goes to the row the list stands on, else back to what had it.
 */
export function Drawer({ open, onClose, title, status, tools, footer, children }: DrawerProps) {
  const narrow = useIsNarrow();
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()} modal={narrow} disablePointerDismissal>
      <Base.Portal>
        <Base.Popup
          ref={popup}
          initialFocus={popup}
          finalFocus={() => focusedRow() ?? true}
          data-side-panel
          className={cx(
            'fixed right-0 bottom-0 z-30 flex flex-col bg-canvas outline-none max-sm:inset-0',
            'sm:top-(--sticky-top) sm:w-drawer sm:border-l sm:max-xl:shadow-popover',
            'transition-[translate,opacity] duration-150 ease-out data-starting-style:translate-x-3 data-starting-style:opacity-0',
          )}
        >
          <div className="flex min-h-12 shrink-0 items-center gap-2 border-b py-1.5 pr-2 pl-4">
            <Base.Title className="min-w-0 truncate text-base font-semibold">{title}</Base.Title>
            {status && <span className="min-w-0 shrink">{status}</span>}
            <span className="ml-auto flex shrink-0 items-center gap-1">
              {tools}
              <Base.Close className="flex h-8 items-center gap-1.5 rounded-md px-2 text-muted hover:bg-hover hover:text-ink pointer-coarse:h-10">
                <span className="sr-only">Close</span>
                <span aria-hidden className="flex pointer-coarse:hidden">
                  <Kbd keys="esc" />
                </span>
                <X aria-hidden size={16} />
              </Base.Close>
            </span>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-4">{children}</div>
          {footer && (
            <div
              className={cx(
                'flex shrink-0 flex-wrap gap-2 border-t px-4 py-3 max-sm:pb-[max(0.75rem,env(safe-area-inset-bottom))]',
                'max-sm:*:flex-1',
              )}
            >
              {footer}
            </div>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
