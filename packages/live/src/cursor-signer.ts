import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Cursor, formatCursor, parseCursor } from './cursor.ts';

export type CursorSigner = {
  /** A cursor for clients, as the SSE event id. */
  format(cursor: Cursor): string;
  /** Undefined for anything we did not sign: nobody makes up a place that would have us read the whole record. */
  parse(text: string | undefined | null): Cursor | undefined;
};

/** 128 bits of an HMAC, as base64url. */
const SIGNATURE_LENGTH = 22;

/** Signs the cursors of all servers that share `secret`. */
export function createCursorSigner(secret: string): CursorSigner {
  const sign = (text: string) =>
    createHmac('sha256', secret).update(`live cursor ${text}`).digest('base64url').slice(0, SIGNATURE_LENGTH);
  return {
    format(cursor) {
      const text = formatCursor(cursor);
      return `${text}~${sign(text)}`;
    },
    parse(signed) {
      const cut = (signed?.length ?? 0) - SIGNATURE_LENGTH - 1;
      if (!signed || cut < 1 || signed[cut] !== '~') return undefined;
      const text = signed.slice(0, cut);
      const [given, expected] = [Buffer.from(signed.slice(cut + 1)), Buffer.from(sign(text))];
      return given.length === expected.length && timingSafeEqual(given, expected) ? parseCursor(text) : undefined;
    },
  };
}
