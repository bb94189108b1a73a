import { useQuery } from '@tanstack/react-query';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { mayActAs } from '@windlass/auth/roles';
import { sliceOf } from '@windlass/capabilities/kit/api';
import { lazyPart } from '@windlass/capabilities/kit/lazy-part';
import { RouterLink } from '@windlass/capabilities/kit/render-link';
import { TroubleLines } from '@windlass/capabilities/operations/trouble-lines';
import type { OperationsSlice } from '@windlass/capabilities/operations/server';
import type { OrdersSlice } from '@windlass/capabilities/orders/server';
import { shopOrderName } from '@windlass/capabilities/orders/shop-order-name';
import { useLiveStatus } from '@windlass/live/use-live';
import { AppShell } from '@windlass/ui/app-shell';
import { Button } from '@windlass/ui/button';
import { ConnectionLine } from '@windlass/ui/connection-line';
import { Skeleton, SkeletonRows } from '@windlass/ui/skeleton';
import { useShortcuts } from '@windlass/ui/use-shortcuts';
import { Search } from 'lucide-react';
import { Suspense, useState } from 'react';
import { adminParts } from './capabilities.ts';
import type { Session } from './session.ts';

/** Fetched once the screen stands; those with a shortcut bring it along. */
const ShellTools = lazyPart(() => import('./shell-tools.tsx').then((file) => file.ShellTools));
const CommandPalette = lazyPart(() => import('@windlass/ui/command-palette').then((file) => file.CommandPalette));
const ShortcutsHelp = lazyPart(() => import('@windlass/ui/shortcuts-help').then((file) => file.ShortcutsHelp));

const useOperations = sliceOf<OperationsSlice>();
const useOrders = sliceOf<OrdersSlice>();

/** Rail, search, connection, who you are; the screen stands in the middle. */
export function Shell({ session, onSignOut }: { session: Session; onSignOut: () => void }) {
  const status = useLiveStatus();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const waiting = useQuery(useOperations().operations.waiting.queryOptions()).data;
  const [searching, setSearching] = useState(false);
  useShortcuts('Everywhere', [{ keys: 'mod+k', label: 'Search and do anything', run: () => setSearching(!searching) }]);
  const isWaiting = (item: (typeof adminParts)[number]['rail'][number]) =>
    item.waiting !== undefined &&
    waiting !== undefined &&
    (waiting[item.waiting].count > 0 || path.startsWith(item.to));
  const items = adminParts
    .flatMap((part) => part.rail)
    .filter(
      (item) =>
        (!item.role || mayActAs(session.role, item.role)) &&
        (!item.demo || waiting?.demo === true) &&
        (!item.onlyThen || isWaiting(item)),
    )
    .map((item) => ({
      ...item,
      current: path.startsWith(item.to),
      ...(item.waiting &&
        waiting &&
        waiting[item.waiting].count > 0 && { count: waiting[item.waiting].count, more: waiting[item.waiting].more }),
    }));

  const places = adminParts
    .flatMap((part) => part.places ?? [])
    .filter((place) => !place.role || mayActAs(session.role, place.role));

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
        <TroubleLines />
        <Suspense fallback={<ScreenSkeleton />}>
          <Outlet />
        </Suspense>
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

/** A screen whose code is still on its way: the room of its title, tabs and rows. */
function ScreenSkeleton() {
  return (
    <>
      <div className="flex h-21 flex-col justify-center gap-3">
        <Skeleton className="w-16" />
        <Skeleton className="h-4 w-56" />
      </div>
      <SkeletonRows rows={10} columns={['w-16', 'w-40', 'w-48', 'w-20', 'w-24']} />
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
  const found =
    useQuery(
      useOrders().orders.list.queryOptions(
        { tab: 'all', search, limit: 8 },
        { enabled: open && search.length >= 2, staleTime: 5_000 },
      ),
    ).data?.rows ?? [];
  return (
    <CommandPalette
      open={open}
      onOpenChange={onOpenChange}
      onQuery={setQuery}
      placeholder="Go to, or find an order…"
      groups={[
        {
          label: 'Go to',
          actions: places.map((place) => ({
            label: place.label,
            icon: place.icon,
            run: () => void navigate({ to: place.to }),
          })),
        },
        {
          label: 'Orders',
          actions: found.map((order) => ({
            label: [`#${order.number} ${order.customerName}`, shopOrderName(order)].filter(Boolean).join(' · '),
            hint: order.customerEmail,
            keywords: [search],
            run: () => void navigate({ to: `/orders/${order.id}` }),
          })),
        },
      ]}
    />
  );
}
