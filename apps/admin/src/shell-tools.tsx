import { lazyPart } from '@windlass/capabilities/kit/lazy-part';
import { Button } from '@windlass/ui/button';
import { Menu } from '@windlass/ui/menu';
import { ThemeMenu } from '@windlass/ui/theme-menu';
import { Suspense, useState } from 'react';
import type { Session } from './session.ts';

/** Fetched with the first look at it. */
const ChangePassword = lazyPart(() =>
  import('@windlass/capabilities/operations/change-password').then((file) => file.ChangePassword),
);

export type ShellToolsProps = { session: Session; onSignOut: () => void };

/** At the right of the top bar: the theme, and who you are. */
export function ShellTools({ session, onSignOut }: ShellToolsProps) {
  const [changing, setChanging] = useState<boolean>();
  return (
    <>
      <ThemeMenu />
      <Menu
        align="end"
        trigger={<Button variant="quiet">{session.name}</Button>}
        groups={[
          [{ label: `${session.email} · ${session.role}`, run: () => undefined, disabled: true }],
          [
            { label: 'Change password', run: () => setChanging(true) },
            { label: 'Sign out', run: onSignOut },
          ],
        ]}
      />
      {changing !== undefined && (
        <Suspense>
          <ChangePassword open={changing} onOpenChange={setChanging} />
        </Suspense>
      )}
    </>
  );
}
