import { createContext, useContext, useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import type { LiveEvent } from './event.ts';
import type { LiveClient, LiveStatus } from './live-client.ts';

const LiveContext = createContext<LiveClient | undefined>(undefined);

export const LiveProvider = LiveContext.Provider;

function useLiveClient(): LiveClient {
  const client = useContext(LiveContext);
  if (!client) throw new Error('This screen stands outside <LiveProvider>: put it below the signed-in shell.');
  return client;
}

/** Hears every live event while mounted. The listener sees the latest render's values. */
export function useLiveEvents(listener: (event: LiveEvent) => void): void {
  const client = useLiveClient();
  const latest = useEffectEvent(listener);
  useEffect(() => client.onEvent((event) => latest(event)), [client]);
}

export function useLiveStatus(): LiveStatus {
  const client = useLiveClient();
  return useSyncExternalStore(client.onStatus, client.status);
}
