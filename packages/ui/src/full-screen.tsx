import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { focusedRow } from './focused-row.tsx';
import { Kbd } from './kbd.tsx';

/**
 * Something looked at by itself, over the whole window: a picture with what belongs to it beside it. The page's
 * shortcuts go on working. Escape closes it, and focus goes back to the row the list stands on.
 */
export function FullScreen({
  title,
  status,
  tools,
  onClose,
  children,
}: {
  title: string;
  /** Beside the title: a status chip. */
  status?: ReactNode;
  /** Before the close button. */
  tools?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Popup
          ref={popup}
          initialFocus={popup}
          finalFocus={() => focusedRow() ?? true}
          className="fixed inset-0 z-40 flex flex-col bg-canvas outline-none"
        >
          <div className="flex min-h-12 shrink-0 items-center gap-3 border-b py-1.5 pr-2 pl-4">
            <Base.Title className="min-w-0 truncate text-base font-semibold">{title}</Base.Title>
            {status && <span className="shrink-0">{status}</span>}
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
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
