import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { mayActAs } from '@windlass/auth/roles';
import { lazyPart } from '@windlass/capabilities/kit/lazy-part';
import { RouterLink } from '@windlass/capabilities/kit/render-link';
import type { Found, RailPlace } from '@windlass/capabilities/kit/admin-plug';
import { useLiveStatus } from '@windlass/live/use-live';
import { AppShell } from '@windlass/ui/app-shell';
import { Button } from '@windlass/ui/button';
import { ConnectionLine } from '@windlass/ui/connection-line';
import { useShortcuts } from '@windlass/ui/use-shortcuts';
import { Search } from 'lucide-react';
import { Suspense, useState } from 'react';
import { plugList } from './plugs.ts';
import type { Session } from './session.ts';
import { useWaiting, type Waiting } from './use-waiting.ts';

/** Fetched once the screen stands; those with a shortcut bring it along. */
const ShellTools = lazyPart(() => import('./shell-tools.tsx').then((file) => file.ShellTools));
const CommandPalette = lazyPart(() => import('@windlass/ui/command-palette').then((file) => file.CommandPalette));
const ShortcutsHelp = lazyPart(() => import('@windlass/ui/shortcuts-help').then((file) => file.ShortcutsHelp));

/** What capabilities add; the list never changes, so their hooks are called in one order. */
const notices = plugList.flatMap((plug) => plug.Notices ?? []);
const searches = plugList.flatMap((plug) => plug.search ?? []);

/** Rail, search, connection, who you are; the screen stands in the middle. */
export function Shell({ session, onSignOut }: { session: Session; onSignOut: () => void }) {
  const status = useLiveStatus();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const waiting = useWaiting();
  const [searching, setSearching] = useState(false);
  useShortcuts('Everywhere', [{ keys: 'mod+k', label: 'Search and do anything', run: () => setSearching(!searching) }]);
  const mayGo = ({ role }: { role?: RailPlace['role'] }) => !role || mayActAs(session.role, role);
  const items = plugList
    .flatMap((plug) => plug.rail)
    .filter((item) => mayGo(item) && (!item.demo || waiting?.demo === true))
    .map((item) => ({ ...item, ...countOf(item, waiting), current: path.startsWith(item.to) }))
    .filter((item) => !item.onlyThen || item.count || (waiting && item.current));
  const places = plugList.flatMap((plug) => plug.places ?? []).filter(mayGo);

  return (
    <>
      <ConnectionLine connected={status === 'open' || status === 'connecting'} />
      <AppShell
        name={session.shopName}
        items={items}
        renderLink={RouterLink}
        search={
          <Button
            variant="quiet"
            icon={<Search aria-hidden size={14} />}
            kbd="mod+k"
            onClick={() => setSearching(true)}
          >
            Search
          </Button>
        }
        tools={
          <Suspense fallback={<Button variant="quiet">{session.name}</Button>}>
            <ShellTools session={session} onSignOut={onSignOut} />
          </Suspense>
        }
      >
        {notices.map((Notices, i) => (
          <Notices key={i} />
        ))}
        <Outlet />
      </AppShell>
      <Suspense>
        <Palette open={searching} onOpenChange={setSearching} places={[...items, ...places]} />
      </Suspense>
      <Suspense>
        <ShortcutsHelp />
      </Suspense>
    </>
  );
}

type PaletteProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  places: readonly { label: string; to: string; icon?: React.ReactNode }[];
};

function Palette({ open, onOpenChange, places }: PaletteProps) {
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const search = query.trim();
  const go = (to: string) => () => void navigate({ to });
  // eslint-disable-next-line react/rules-of-hooks -- the list is a constant
  const found = searches.map(({ label, useFound }) => ({ label, found: useFound(search, open) }));
  return (
    <CommandPalette
      open={open}
      onOpenChange={onOpenChange}
      onQuery={setQuery}
      placeholder="Go to, or find an order…"
      groups={[
        { label: 'Go to', actions: places.map(({ label, icon, to }) => ({ label, icon, run: go(to) })) },
        ...found.map((group) => ({ label: group.label, actions: group.found.map((one) => actionOf(one, go)) })),
      ]}
    />
  );
}

const actionOf = ({ to, ...words }: Found, go: (to: string) => () => void) => ({
  ...words,
  run: go(to),
});

/** Nothing where nothing waits: the rail shows no zeros. */
function countOf({ waiting: name }: RailPlace, waiting: Waiting | undefined): { count?: number; more?: boolean } {
  const found = name === undefined ? undefined : waiting?.counts[name];
  return found && found.count > 0 ? found : {};
}
