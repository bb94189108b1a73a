import { Button } from '@windlass/ui/button';
import { Menu } from '@windlass/ui/menu';
import { ThemeMenu } from '@windlass/ui/theme-menu';
import { Suspense, useState } from 'react';
import { plugList } from './plugs.ts';
import type { Session } from './session.ts';

const accountItems = plugList.flatMap((plug) => plug.account ?? []);

export type ShellToolsProps = { session: Session; onSignOut: () => void };

/** At the right of the top bar: the theme, and who you are. */
export function ShellTools({ session, onSignOut }: ShellToolsProps) {
  /** Which dialog was opened last, and whether it still is. */
  const [dialog, setDialog] = useState<{ label: string; open: boolean }>();
  const opened = accountItems.find(({ label }) => label === dialog?.label);
  return (
    <>
      <ThemeMenu />
      <Menu
        align="end"
        trigger={<Button variant="quiet">{session.name}</Button>}
        groups={[
          [{ label: `${session.email} · ${session.role}`, run: () => undefined, disabled: true }],
          [
            ...accountItems.map(({ label }) => ({ label, run: () => setDialog({ label, open: true }) })),
            { label: 'Sign out', run: onSignOut },
          ],
        ]}
      />
      {dialog && opened && (
        <Suspense>
          <opened.Dialog open={dialog.open} onOpenChange={(open) => setDialog({ label: opened.label, open })} />
        </Suspense>
      )}
    </>
  );
}
