import type { LiveEvent } from '@windlass/live/event';
import { until } from '@windlass/testkit/until';
import type { House } from './start-house.ts';
import type { Visitor } from './visitor.ts';

export type Listener = {
  headers: Headers;
  events: LiveEvent[];
  /** `hello`, `reset`, `auth`, in the order they came. */
  signals: string[];
  /** The cursor to come back with. */
  lastId: string;
  /** The server ended the stream, or it broke. */
  ended: boolean;
  untilSignal(name: string): Promise<void>;
  untilEvents(count: number): Promise<LiveEvent[]>;
  close(): void;
};

type Wish = { topics: string; lastEventId?: string; byQuery?: boolean };

/** Opens the live stream as a browser's EventSource does, and keeps what it hears. Fails unless the answer is 200. */
export async function listenLive(
  house: House,
  visitor: Visitor,
  { topics, lastEventId, byQuery = false }: Wish,
): Promise<Listener> {
  const stop = new AbortController();
  const query = byQuery && lastEventId ? `&lastEventId=${encodeURIComponent(lastEventId)}` : '';
  const response = await fetch(`${house.server.url}/api/live?topics=${topics}${query}`, {
    headers: {
      cookie: visitor.cookie,
      accept: 'text/event-stream',
      ...(!byQuery && lastEventId && { 'last-event-id': lastEventId }),
    },
    signal: stop.signal,
  });
  if (response.status !== 200) throw new Error(`the stream answered ${response.status}: ${await response.text()}`);

  const listener: Listener = {
    headers: response.headers,
    events: [],
    signals: [],
    lastId: lastEventId ?? '',
    ended: false,
    untilSignal: async (name) => void (await until(`signal ${name}`, () => listener.signals.includes(name))),
    untilEvents: (count) =>
      until(
        `${count} events (there are ${listener.events.length})`,
        () => listener.events.length >= count && listener.events,
      ),
    close: () => stop.abort(),
  };
  const read = async () => {
    let rest = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      const messages = (rest + chunk).split('\n\n');
      rest = messages.pop()!;
      messages.forEach((message) => hear(listener, message));
    }
  };
  read()
    .catch(() => undefined) // broken off by either side: `ended` says so
    .finally(() => (listener.ended = true));
  return listener;
}

/** One message of the stream: lines of `field: value`. */
function hear(listener: Listener, message: string): void {
  const fields = new Map(
    message.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  listener.lastId = fields.get('id') ?? listener.lastId;
  const data = fields.get('data');
  const signal = fields.get('event');
  if (signal) listener.signals.push(signal);
  else if (data) listener.events.push(JSON.parse(data) as LiveEvent);
}
