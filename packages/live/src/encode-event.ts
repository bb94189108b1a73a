import { type Cursor, formatCursor } from './cursor.ts';
import type { RecordedEvent } from './read-events.ts';

const encoder = new TextEncoder();

/** An event as the bytes of one SSE message. Made once; the same bytes go to every reader. JSON holds no raw line break. */
export function encodeEvent(event: RecordedEvent, cursor: Cursor): Uint8Array {
  const { shopId: _, ...visible } = event;
  return encoder.encode(`id: ${formatCursor(cursor)}\ndata: ${JSON.stringify(visible)}\n\n`);
}

/** A message about the stream itself: `hello` (here you stand), `reset` (fetch anew), `auth` (sign in again). */
export function encodeSignal(name: 'hello' | 'reset' | 'auth', cursor?: Cursor): Uint8Array {
  const id = cursor ? `id: ${formatCursor(cursor)}\n` : '';
  return encoder.encode(`${id}event: ${name}\ndata: {}\n\n`);
}

/** A message and no comment: the browser's own code hears it, and knows that the connection lives. Without an id, it moves no place. */
export const PING = encoder.encode('event: ping\ndata: {}\n\n');
export const RETRY = encoder.encode('retry: 500\n\n');
