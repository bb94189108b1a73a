import type { LiveEvent } from './event.ts';

export type LiveStatus = 'connecting' | 'open' | 'reconnecting' | 'signed-out';

export type StreamListener = {
  /** `id` is the cursor to come back with. */
  onEvent(event: LiveEvent, id: string): void;
  /** What was fetched before may be out of date: the first connection, or a gap too long to replay. */
  onFresh(id: string): void;
  onStatus(status: LiveStatus): void;
};

const RETRY_MS = [500, 1000, 2000, 4000];

/**
 * Keeps one Server-Sent Events connection open. The browser resumes after a broken connection by itself; it gives up for good
 * when it gets an HTTP error (a restarting server, a proxy without one behind it), and then this opens a new one at the same place.
 */
export function connectStream(url: string, lastId: string | undefined, listener: StreamListener): { close(): void } {
  let place = lastId;
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const open = () => {
    const address = new URL(url, location.href);
    if (place) address.searchParams.set('lastEventId', place);
    const stream = new EventSource(address);
    source = stream;
    const here = (message: Event) => (place = (message as MessageEvent).lastEventId || place);
    stream.onmessage = (message: MessageEvent<string>) => {
      here(message);
      listener.onEvent(JSON.parse(message.data) as LiveEvent, place!);
    };
    stream.addEventListener('hello', (message) => {
      const first = place === undefined;
      here(message);
      failures = 0;
      listener.onStatus('open');
      if (first) listener.onFresh(place!);
    });
    stream.addEventListener('reset', (message) => {
      here(message);
      failures = 0;
      listener.onStatus('open');
      listener.onFresh(place!);
    });
    stream.addEventListener('auth', () => {
      stream.close();
      listener.onStatus('signed-out');
    });
    stream.onerror = () => {
      listener.onStatus(place === undefined ? 'connecting' : 'reconnecting');
      if (stream.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
      failures += 1;
    };
  };
  open();
  return {
    close() {
      clearTimeout(timer);
      source?.close();
    },
  };
}
