import { useState } from 'react';
import { Dialog } from './dialog.tsx';
import { Kbd } from './kbd.tsx';
import { listShortcuts } from './shortcut-registry.tsx';
import { useShortcuts } from './use-shortcuts.tsx';

/** Every shortcut that works right now, behind `?`. Once per app. */
export function ShortcutsHelp() {
  const [open, setOpen] = useState(false);
  useShortcuts('Everywhere', [{ keys: '?', label: 'Show the shortcuts', run: () => setOpen(true) }]);
  return (
    <Dialog open={open} onOpenChange={setOpen} title="Keyboard shortcuts" size="md">
      <ShortcutList />
    </Dialog>
  );
}

/** Rendered when the dialog opens: the list is of that moment. */
function ShortcutList() {
  return (
    <div className="grid gap-x-10 gap-y-6 sm:grid-cols-2">
      {listShortcuts().map(({ group, shortcuts }) => (
        <section key={group}>
          <h3 className="pb-1 text-xs font-medium text-muted">{group}</h3>
          <dl>
            {shortcuts.map((shortcut) => (
              <div key={shortcut.keys} className="flex h-8 items-center justify-between gap-4 border-b">
                <dt>{shortcut.label}</dt>
                <dd className="flex">
                  <Kbd keys={shortcut.keys} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
