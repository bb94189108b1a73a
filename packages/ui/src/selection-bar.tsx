import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { cx } from './cx.tsx';
import { formatCount } from './format.tsx';
import { useShortcuts } from './use-shortcuts.tsx';

/**
 * What can be done with the selected rows, stuck to the bottom: "12 selected · Approve 12 · Reject · Clear".
 * `children` are the buttons, each naming the count; Escape clears. Stands after the table.
 */
export function SelectionBar({
  count,
  children,
  onClear,
}: {
  count: number;
  children: ReactNode;
  onClear: () => void;
}) {
  useShortcuts('This list', [{ keys: 'escape', label: 'Clear the selection', when: count > 0, run: onClear }]);
  if (count === 0) return null;
  return (
    <div className="pointer-events-none sticky bottom-(--sticky-bottom) z-20 flex justify-center py-3 max-sm:-mx-4 max-sm:p-0">
      <div
        role="group"
        aria-label="Selected rows"
        className={cx(
          'pointer-events-auto flex items-center gap-2 rounded-lg bg-raised py-1.5 pr-1.5 pl-3.5 shadow-popover',
          'max-sm:flex-1 max-sm:rounded-none max-sm:p-2',
        )}
      >
        <span role="status" className="pr-2 whitespace-nowrap text-muted tabular-nums max-sm:pl-1">
          {formatCount(count)} selected
        </span>
        {children}
        <Button variant="quiet" kbd="esc" className="max-sm:ml-auto" onClick={onClear}>
          Clear
        </Button>
      </div>
    </div>
  );
}
