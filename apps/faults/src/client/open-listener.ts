import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Listened } from '../entry.ts';
import type { History } from '../history.ts';

export type Listener = {
  name: string;
  /** events heard over all connections */
  heard(): number;
  /** the number of the last one */
  lastSeq(): number;
  greeted(): boolean;
  /** The server said that this session is over, and the listener does not come back. */
  ended(): boolean;
  /** Stops reading without hanging up: what the server sends then piles up on its side. */
  stall(): void;
  close(): Promise<void>;
};

export type ListenerOptions = {
  name: string;
  /** where the house answers; a function is asked before each connection */
  url: string | (() => string);
  cookie: string;
  topics: string;
  history: History;
};

/** What the server itself asks of its readers ("retry: 500"). */
const RETRY_MS = 500;

/**
 * A reader of the live stream over a socket of its own, that comes back with its place as a browser does. Each
 * connection is a line of the history.
 */
export function openListener({ name, url, cookie, topics, history }: ListenerOptions): Listener {
  let closed = false;
  let stalled = false;
  let place: string | undefined;
  let count = 0;
  let lastSeq = 0;
  let lostAt: number | undefined;
  let greetedOnce = false;
  let request: http.ClientRequest | undefined;
  let response: http.IncomingMessage | undefined;

  const connect = () =>
    new Promise<void>((resolve) => {
      const line: Listened = {
        what: 'listened',
        listener: name,
        heard: [],
        signals: [],
        ...(lostAt !== undefined && { lostAt }),
      };
      const over = () => {
        if (line.heard.length > 0 || line.signals.length > 0) {
          history.write(line);
          lostAt = history.now();
        }
        resolve();
      };
      const hear = (message: string) => {
        const fields = new Map(message.split('\n').map((part) => part.split(/: (.*)/s) as [string, string]));
        place = fields.get('id') ?? place;
        if (place !== undefined) line.last = place;
        const signal = fields.get('event');
        const data = fields.get('data');
        if (signal !== undefined) {
          line.signals.push(signal);
          if (signal === 'auth') closed = true;
          line.greetedAt ??= history.now();
          const greeting = fields.get('id');
          if (greeting !== undefined) line.greeting = greeting;
          greetedOnce = true;
        } else if (data !== undefined) {
          lastSeq = (JSON.parse(data) as { seq: number }).seq;
          line.heard.push({ seq: lastSeq, id: fields.get('id') ?? '' });
          count += 1;
        }
      };
      const headers = { cookie, accept: 'text/event-stream', ...(place !== undefined && { 'last-event-id': place }) };
      const address = typeof url === 'string' ? url : url();
      request = http.get(`${address}/api/live?topics=${topics}`, { headers, agent: false });
      request.once('error', () => {}); // nobody there, or hung up: 'close' follows
      request.once('close', over);
      request.once('response', (incoming) => {
        response = incoming;
        let rest = '';
        incoming.setEncoding('utf8');
        incoming.on('error', () => {}); // cut off in the middle: what came whole was heard
        incoming.on('data', (chunk: string) => {
          const messages = (rest + chunk).split('\n\n');
          rest = messages.pop()!;
          messages.forEach(hear);
        });
        if (stalled) incoming.pause();
      });
    });

  const listening = (async () => {
    while (!closed) {
      await connect();
      if (!closed) await sleep(RETRY_MS);
    }
  })();
  return {
    name,
    heard: () => count,
    lastSeq: () => lastSeq,
    greeted: () => greetedOnce,
    ended: () => closed,
    stall() {
      stalled = true;
      response?.pause();
    },
    async close() {
      closed = true;
      request?.destroy();
      await listening;
    },
  };
}
