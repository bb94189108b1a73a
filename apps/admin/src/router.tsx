import { createRootRouteWithContext, createRoute, createRouter, redirect } from '@tanstack/react-router';
import { NotFound } from './not-found.tsx';
import { home as homePlace, plugList } from './plugs.ts';
import { ScreenFailure } from './screen-failure.tsx';
import type { Session } from './session.ts';
import { Shell } from './shell.tsx';

type Context = { session: Session; onSignOut: () => void };

const rootRoute = createRootRouteWithContext<Context>()({
  component: function Root() {
    const { session, onSignOut } = rootRoute.useRouteContext();
    return <Shell session={session} onSignOut={onSignOut} />;
  },
  notFoundComponent: NotFound,
});

const home = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: homePlace.to });
  },
});

/** Each capability brings its own screens. Search parameters are plain text: `?q=1040` is not a number. */
export function createAdminRouter() {
  const screens = plugList
    .flatMap((plug) => plug.screens)
    .map(({ path, component }) => createRoute({ getParentRoute: () => rootRoute, path, component }));
  return createRouter({
    routeTree: rootRoute.addChildren([home, ...screens]),
    context: { session: undefined!, onSignOut: () => undefined },
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(search as Record<string, string>).toString();
      return text ? `?${text}` : '';
    },
    defaultPreload: 'intent',
    defaultErrorComponent: ScreenFailure,
  });
}
