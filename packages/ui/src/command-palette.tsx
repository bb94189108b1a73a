import { Dialog as Base } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { useRef, useState } from 'react';
import type { RefObject } from 'react';
import { cx } from './cx.tsx';
import { Kbd } from './kbd.tsx';
import { rankPalette } from './rank-palette.tsx';
import type { PaletteAction, PaletteGroup } from './rank-palette.tsx';

export type { PaletteAction, PaletteGroup } from './rank-palette.tsx';

export type CommandPaletteProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  groups: readonly PaletteGroup[];
  placeholder?: string;
  /** Told what is typed, for groups that the server finds. */
  onQuery?: (query: string) => void;
};

/** Everything by name. Whoever holds it binds ⌘K, so that the keys work before this file has come. */
export function CommandPalette({
  open,
  onOpenChange,
  groups,
  placeholder = 'Go to, or do…',
  onQuery,
}: CommandPaletteProps) {
  const input = useRef<HTMLInputElement>(null);
  const choose = (action: PaletteAction): void => {
    onOpenChange(false);
    action.run();
  };
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Base.Popup
          data-shortcuts="off"
          initialFocus={input}
          className="fixed inset-x-3 top-[12vh] z-40 mx-auto max-w-140 overflow-hidden rounded-lg bg-raised shadow-popover outline-none"
        >
          <Base.Title className="sr-only">Search and do anything</Base.Title>
          <Palette {...{ groups, placeholder, onQuery, choose, input }} />
          <Base.Close className="sr-only">Close</Base.Close>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** Inside the dialog, so that each opening starts empty. */
function Palette({
  groups,
  placeholder,
  onQuery,
  choose,
  input,
}: {
  groups: readonly PaletteGroup[];
  placeholder: string;
  onQuery?: (query: string) => void;
  choose: (action: PaletteAction) => void;
  input: RefObject<HTMLInputElement | null>;
}) {
  const [query, setQuery] = useState('');
  return (
    <Command label="Search and do anything" loop shouldFilter={false}>
      <div className="flex h-12 items-center gap-2.5 border-b px-4">
        <Search aria-hidden size={16} className="shrink-0 text-muted" />
        <Command.Input
          ref={input}
          value={query}
          onValueChange={(next: string) => {
            setQuery(next);
            onQuery?.(next);
          }}
          placeholder={placeholder}
          className="h-full min-w-0 flex-1 bg-transparent text-base outline-none pointer-coarse:text-lg"
        />
        <span aria-hidden className="flex">
          <Kbd keys="esc" />
        </span>
      </div>
      <Command.List className="max-h-[min(26rem,60vh)] scroll-py-1 overflow-y-auto p-1">
        <Command.Empty className="px-3 py-8 text-center text-muted">Nothing is called “{query}”.</Command.Empty>
        {rankPalette(groups, query).map((group) => (
          <Command.Group
            key={group.label}
            heading={group.label}
            className={cx(
              '**:[[cmdk-group-heading]]:px-3 **:[[cmdk-group-heading]]:pt-2.5 **:[[cmdk-group-heading]]:pb-1',
              '**:[[cmdk-group-heading]]:text-xs **:[[cmdk-group-heading]]:text-muted',
            )}
          >
            {group.actions.map((action) => (
              <Command.Item
                key={`${action.label} ${action.hint ?? ''}`}
                value={`${group.label} ${action.label} ${action.hint ?? ''}`}
                onSelect={() => choose(action)}
                className="flex h-9 items-center gap-2.5 rounded-md px-3 data-[selected=true]:bg-pressed pointer-coarse:h-11"
              >
                {action.icon && (
                  <span aria-hidden className="shrink-0 text-muted">
                    {action.icon}
                  </span>
                )}
                <span className="min-w-0 flex-1 truncate">{action.label}</span>
                {action.hint && <span className="shrink-0 text-xs text-muted">{action.hint}</span>}
                {action.kbd && <Kbd keys={action.kbd} />}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  );
}
