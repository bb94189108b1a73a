import { type QueryClient, useQuery } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { ApiProvider } from '@windlass/capabilities/kit/api';
import { RoleProvider } from '@windlass/capabilities/kit/person';
import { TimelineWordsProvider } from '@windlass/capabilities/kit/subject-timeline';
import { capabilityNames } from '@windlass/capabilities/names';
import { LiveProvider } from '@windlass/live/use-live';
import { createLiveClient } from '@windlass/live/live-client';
import { Button } from '@windlass/ui/button';
import { ErrorState } from '@windlass/ui/error-state';
import { Toaster } from '@windlass/ui/toast';
import { Suspense, useCallback, useEffect, useState } from 'react';
import type { createApiClient } from './api-client.ts';
import { LiveRefresh } from './live-refresh.tsx';
import { plugList } from './plugs.ts';
import { createAdminRouter } from './router.tsx';
import { loadTimelineWords } from './timeline-words.ts';
import { fetchSession, type Session, signOut } from './session.ts';
import { SignInScreen } from './sign-in-screen.tsx';

const TOPICS = [...capabilityNames, 'jobs'].join(',');
const SESSION = ['session'];
const AGAIN_MS = 2000;

export type AppProps = { apiClient: ReturnType<typeof createApiClient>; queryClient: QueryClient };

const signedOutScreens = plugList.flatMap((plug) => plug.signedOutScreens ?? []);

/** A screen for whoever cannot sign in, whoever is signed in here; else the house. */
export function App(props: AppProps) {
  const Screen = signedOutScreens.find(({ path }) => path === location.pathname)?.component;
  if (!Screen) return <House {...props} />;
  return (
    <Suspense>
      <Screen />
    </Suspense>
  );
}

/** Signed in: the shell with its live stream. Signed out: the sign-in. */
function House({ apiClient, queryClient }: AppProps) {
  // Nothing is on screen yet, so an outage is said at once and tried again until it ends.
  const session = useQuery({
    queryKey: SESSION,
    queryFn: fetchSession,
    retry: false,
    refetchInterval: ({ state }) => state.status === 'error' && AGAIN_MS,
  });
  if (session.isPending) return null;
  if (session.isError) {
    return (
      <div className="grid min-h-dvh place-items-center p-6">
        <ErrorState
          sentence="The server cannot be reached."
          fix="Look whether Windlass is running. It is tried again every two seconds."
          action={<Button onClick={() => void session.refetch()}>Try now</Button>}
        />
      </div>
    );
  }
  if (!session.data) return <SignInScreen onSignedIn={() => void session.refetch()} />;
  return (
    <ApiProvider trpcClient={apiClient} queryClient={queryClient}>
      <SignedIn session={session.data} apiClient={apiClient} queryClient={queryClient} />
    </ApiProvider>
  );
}

function SignedIn({ session, apiClient, queryClient }: AppProps & { session: Session }) {
  const [live] = useState(() => createLiveClient(`/api/live?topics=${TOPICS}`));
  const [router] = useState(() => createAdminRouter(apiClient, queryClient));
  const leave = useCallback(() => {
    queryClient.setQueryData(SESSION, null);
    queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] });
  }, [queryClient]);

  useEffect(() => {
    const stops = [
      live.onFresh(
        () => void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] }),
      ),
      live.onStatus(() => {
        if (live.status() === 'signed-out') leave();
        // What could not be fetched during an outage; everything else is mended by the events that were missed.
        if (live.status() === 'open')
          void queryClient.refetchQueries({ predicate: ({ state }) => state.status === 'error' });
      }),
      live.open(),
    ];
    return () => stops.forEach((stop) => stop());
  }, [live, queryClient, leave]);

  return (
    <LiveProvider value={live}>
      <RoleProvider value={session.role}>
        <TimelineWordsProvider value={loadTimelineWords}>
          <LiveRefresh />
          <RouterProvider router={router} context={{ session, onSignOut: () => void signOut().then(leave) }} />
          <Toaster />
        </TimelineWordsProvider>
      </RoleProvider>
    </LiveProvider>
  );
}
