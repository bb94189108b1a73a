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
 * Three pings of open-stream.ts: a connection that is half dead (a laptop that slept, a network that forgot) tells
 * nobody.
 */
const SILENCE_MS = 45_000;

export type StreamPlace = {
  url: string;
  /** The cursor to come back with; undefined: from now on. */
  lastId: string | undefined;
  /** So long without a word, and the connection is given up. */
  silenceMs?: number;
};

/**
 * Keeps one Server-Sent Events connection open. The browser resumes after a broken connection by itself; it gives up
 * for good when it gets an HTTP error (a restarting server, a proxy without one behind it), and then this opens a new
 * one at the same place. Of a connection on which nothing arrives any more it is never told, so the silence itself is
 * timed.
 */
export function connectStream(
  { url, lastId, silenceMs = SILENCE_MS }: StreamPlace,
  listener: StreamListener,
): { close(): void } {
  let place = lastId;
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let silence: ReturnType<typeof setTimeout> | undefined;

  const open = () => {
    const address = new URL(url, location.href);
    if (place) address.searchParams.set('lastEventId', place);
    const stream = new EventSource(address);
    source = stream;
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(giveUp, silenceMs);
    };
    const here = (message: Event) => {
      heard();
      place = (message as MessageEvent).lastEventId || place;
    };
    heard(); // one that is never answered is silent, too
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
    stream.addEventListener('ping', heard);
    stream.addEventListener('auth', () => {
      clearTimeout(silence);
      stream.close();
      listener.onStatus('signed-out');
    });
    stream.onerror = () => {
      listener.onStatus(place === undefined ? 'connecting' : 'reconnecting');
      if (stream.readyState !== EventSource.CLOSED) return;
      clearTimeout(silence);
      timer = setTimeout(open, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
      failures += 1;
    };
  };
  const giveUp = () => {
    source?.close();
    listener.onStatus(place === undefined ? 'connecting' : 'reconnecting');
    open();
  };
  open();
  return {
    close() {
      clearTimeout(timer);
      clearTimeout(silence);
      source?.close();
    },
  };
}
