import type { RecordedEvent } from './read-events.ts';

const encoder = new TextEncoder();

/**
 * An event as the bytes of one SSE message, with the place after it as its id. Made once; the same bytes go to every
 * reader. JSON holds no raw line break.
 */
export function encodeEvent(event: RecordedEvent, id: string): Uint8Array {
  const { shopId: _, ...visible } = event;
  return encoder.encode(`id: ${id}\ndata: ${JSON.stringify(visible)}\n\n`);
}

/** A message about the stream itself: `hello` (here you stand), `reset` (fetch anew), `auth` (sign in again). */
export function encodeSignal(name: 'hello' | 'reset' | 'auth', id?: string): Uint8Array {
  const place = id ? `id: ${id}\n` : '';
  return encoder.encode(`${place}event: ${name}\ndata: {}\n\n`);
}

/**
 * A message and no comment: the browser's own code hears it, and knows that the connection lives. Without an id, it
 * moves no place.
 */
export const PING = encoder.encode('event: ping\ndata: {}\n\n');
export const RETRY = encoder.encode('retry: 500\n\n');
