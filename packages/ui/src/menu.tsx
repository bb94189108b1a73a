import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import { Fragment } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { cx } from './cx.tsx';
import { Kbd } from './kbd.tsx';

export type MenuEntry = {
  label: string;
  run: () => void;
  icon?: ReactNode;
  kbd?: string;
  /** Takes something away. */
  danger?: boolean;
  disabled?: boolean;
  /** Set where the entries are choices: the chosen one has a tick. */
  chosen?: boolean;
};

/** A list of actions behind a button. `groups` are set apart by a line; `trigger` passes its props to a real button. */
export function Menu({
  trigger,
  groups,
  align = 'end',
}: {
  trigger: ReactElement;
  groups: readonly (readonly MenuEntry[])[];
  align?: 'start' | 'end';
}) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={4} collisionPadding={8} className="z-50 outline-none">
          <Base.Popup className="min-w-44 rounded-lg bg-raised p-1 shadow-popover outline-none">
            {groups.map((entries, index) => (
              <Fragment key={entries[0]?.label}>
                {index > 0 && <Base.Separator className="-mx-1 my-1 h-px bg-line" />}
                {entries.map((entry) => (
                  <Entry key={entry.label} entry={entry} />
                ))}
              </Fragment>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function Entry({ entry }: { entry: MenuEntry }) {
  return (
    <Base.Item
      disabled={entry.disabled}
      onClick={entry.run}
      className={cx(
        'flex h-8 items-center gap-2.5 rounded-md px-2 text-sm outline-none select-none data-highlighted:bg-pressed pointer-coarse:h-11',
        'data-disabled:opacity-55',
        entry.danger && 'text-danger-text',
      )}
    >
      {entry.icon && (
        <span aria-hidden className={entry.danger ? undefined : 'text-muted'}>
          {entry.icon}
        </span>
      )}
      <span className="flex-1">{entry.label}</span>
      {entry.chosen && <Check aria-label="chosen" size={14} className="text-accent-text" />}
      {entry.kbd && (
        <span aria-hidden className="pl-4">
          <Kbd keys={entry.kbd} />
        </span>
      )}
    </Base.Item>
  );
}
