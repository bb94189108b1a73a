import { createRootRouteWithContext, createRoute, createRouter, redirect } from '@tanstack/react-router';
import { EmptyState } from '@windlass/ui/empty-state';
import { buttonClass } from '@windlass/ui/button';
import { RouterLink } from '@windlass/capabilities/kit/render-link';
import { adminParts } from './capabilities.ts';
import type { Session } from './session.ts';
import { Shell } from './shell.tsx';

type Context = { session: Session; onSignOut: () => void };

const rootRoute = createRootRouteWithContext<Context>()({
  component: function Root() {
    const { session, onSignOut } = rootRoute.useRouteContext();
    return <Shell session={session} onSignOut={onSignOut} />;
  },
  notFoundComponent: () => (
    <EmptyState title="There is nothing at this address" body="It may have been moved, or the link is not complete." action={<RouterLink to="/orders" className={buttonClass({})}>Go to Orders</RouterLink>} />
  ),
});

const home = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/orders' as string });
  },
});

/** Each capability brings its own screens. Search parameters are plain text: `?q=1040` is not a number. */
export function createAdminRouter() {
  const screens = adminParts.flatMap((part) => part.screens).map(({ path, component }) => createRoute({ getParentRoute: () => rootRoute, path, component }));
  return createRouter({
    routeTree: rootRoute.addChildren([home, ...screens]),
    context: { session: undefined!, onSignOut: () => undefined },
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(search as Record<string, string>).toString();
      return text ? `?${text}` : '';
    },
    defaultPreload: 'intent',
  });
}
