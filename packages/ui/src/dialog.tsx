import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.tsx';

const widths = { sm: 'sm:max-w-104', md: 'sm:max-w-140', lg: 'sm:max-w-200' };

export type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the main one last. */
  footer?: ReactNode;
  size?: keyof typeof widths;
};

/** A modal: focus stays in it, Escape closes it, focus returns to where it was. On a phone it rises from the bottom. */
export function Dialog({ open, onOpenChange, title, description, children, footer, size = 'sm' }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          data-shortcuts="off"
          className={cx(
            'fixed z-40 flex w-full flex-col rounded-lg bg-raised shadow-popover outline-none',
            'max-sm:inset-x-0 max-sm:bottom-0 max-sm:max-h-[92dvh] max-sm:rounded-b-none',
            'sm:top-[14vh] sm:left-1/2 sm:max-h-[76vh] sm:-translate-x-1/2',
            'transition-[opacity,translate] duration-150',
            'data-ending-style:opacity-0 data-starting-style:translate-y-1 data-starting-style:opacity-0',
            widths[size],
          )}
        >
          <div className="flex flex-col gap-1 pt-4 pr-14 pl-5">
            <Base.Title className="text-lg font-semibold">{title}</Base.Title>
            {description && <Base.Description className="text-pretty text-muted">{description}</Base.Description>}
          </div>
          {children && <div className="min-h-0 overflow-y-auto px-5 pt-3">{children}</div>}
          {footer ? (
            <div
              className={cx(
                'mt-5 flex flex-wrap justify-end gap-2 border-t px-5 py-3',
                'max-sm:pb-[max(0.75rem,env(safe-area-inset-bottom))] max-sm:*:flex-1',
              )}
            >
              {footer}
            </div>
          ) : (
            <div className="h-5 shrink-0" />
          )}
          {/* Last in order, so that focus starts at the first field or button. */}
          <Base.Close
            aria-label="Close"
            className="absolute top-3 right-3 flex size-8 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
          >
            <X aria-hidden size={16} />
          </Base.Close>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
