import { Button } from '@windlass/ui/button';
import { Menu } from '@windlass/ui/menu';
import { ThemeMenu } from '@windlass/ui/theme-menu';
import type { Session } from './session.ts';

export type ShellToolsProps = { session: Session; onSignOut: () => void };

/** At the right of the top bar: the theme, and who you are. */
export function ShellTools({ session, onSignOut }: ShellToolsProps) {
  return (
    <>
      <ThemeMenu />
      <Menu
        align="end"
        trigger={<Button variant="quiet">{session.name}</Button>}
        groups={[[{ label: `${session.email} · ${session.role}`, run: () => undefined, disabled: true }], [{ label: 'Sign out', run: onSignOut }]]}
      />
    </>
  );
}
