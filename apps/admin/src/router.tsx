import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, redirect } from '@tanstack/react-router';
import type { TRPCClient } from '@trpc/client';
import type { AnyTRPCRouter } from '@trpc/server';
import { createApi } from '@windlass/capabilities/kit/api';
import type { UrlSearch } from '@windlass/capabilities/kit/url-search';
import { NotFound } from './not-found.tsx';
import { home as homePlace, plugList } from './plugs.ts';
import { ScreenFailure } from './screen-failure.tsx';
import { ScreenSkeleton } from './screen-skeleton.tsx';
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
export function createAdminRouter(client: TRPCClient<AnyTRPCRouter>, queryClient: QueryClient) {
  const api = createApi({ client, queryClient });
  const screens = plugList
    .flatMap((plug) => plug.screens)
    .map(({ path, component, prefetch }) =>
      createRoute({
        getParentRoute: () => rootRoute,
        path,
        component,
        pendingComponent: ScreenSkeleton,
        // A screen's code and its queries start together. Nobody waits for either: the screen keeps their room.
        loader: ({ location }) => {
          component.start();
          prefetch?.({ api, queryClient, search: location.search as UrlSearch });
        },
      }),
    );
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
