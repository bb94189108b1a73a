import { connectStream, type LiveStatus } from './connect-stream.ts';
import type { LiveEvent } from './event.ts';

export type { LiveStatus } from './connect-stream.ts';

export type LiveClient = {
  /** Hears every event of the topics asked for, in order, once. */
  onEvent(listener: (event: LiveEvent) => void): () => void;
  /** Told when everything fetched so far should be fetched anew. */
  onFresh(listener: () => void): () => void;
  onStatus(listener: () => void): () => void;
  status(): LiveStatus;
  /** Begins to listen; answers how to stop. */
  open(): () => void;
};

type Message =
  | { kind: 'event'; id: string; event: LiveEvent }
  | { kind: 'fresh'; id: string }
  | { kind: 'status'; status: LiveStatus }
  | { kind: 'who-is-there' };

/**
 * One stream for all tabs of a browser: it allows six connections to a host, and a seventh tab would hang. The tab that
 * holds the lock keeps the stream and passes on what it hears; when it goes, another takes the lock and resumes where
 * the first was. Over plain http a browser has no locks: there each tab keeps a stream of its own, as many as the
 * server lets a session have.
 */
export function createLiveClient(url: string): LiveClient {
  const events = new Set<(event: LiveEvent) => void>();
  const fresh = new Set<() => void>();
  const statuses = new Set<() => void>();
  let status: LiveStatus = 'connecting';
  let lastId: string | undefined;

  const hear = (message: Message) => {
    switch (message.kind) {
      case 'event':
        lastId = message.id;
        for (const listener of events) listener(message.event);
        return;
      case 'fresh':
        lastId = message.id;
        for (const listener of fresh) listener();
        return;
      case 'status':
        status = message.status;
        for (const listener of statuses) listener();
        return;
      case 'who-is-there':
        return;
    }
  };

  const open = () => {
    const { locks } = navigator as { locks?: LockManager };
    const channel = locks && new BroadcastChannel('windlass live');
    const stop = new AbortController();
    let leads = false;
    const post = (message: Message) => channel?.postMessage(message);
    const tell = (message: Message) => {
      hear(message);
      post(message);
    };
    if (channel) {
      channel.onmessage = ({ data }: MessageEvent<Message>) => {
        hear(data);
        if (data.kind === 'who-is-there' && leads) post({ kind: 'status', status });
      };
      post({ kind: 'who-is-there' });
    }

    const lead = () => {
      if (stop.signal.aborted) return Promise.resolve(); // granted in the very moment of leaving
      leads = true;
      const stream = connectStream(
        { url, lastId },
        {
          onEvent: (event, id) => tell({ kind: 'event', event, id }),
          onFresh: (id) => tell({ kind: 'fresh', id }),
          onStatus: (next) => tell({ kind: 'status', status: next }),
        },
      );
      // Held until this tab is closed or leaves: the promise is the lock.
      return new Promise<void>((release) =>
        stop.signal.addEventListener('abort', () => release(stream.close()), { once: true }),
      );
    };
    const led = locks ? locks.request('windlass live', { signal: stop.signal }, lead) : lead();
    led.catch((error: unknown) => {
      if (!stop.signal.aborted) throw error;
    });
    return () => {
      stop.abort();
      channel?.close();
    };
  };

  const listen =
    <Listener>(set: Set<Listener>) =>
    (listener: Listener) => {
      set.add(listener);
      return () => void set.delete(listener);
    };
  return { open, onEvent: listen(events), onFresh: listen(fresh), onStatus: listen(statuses), status: () => status };
}
