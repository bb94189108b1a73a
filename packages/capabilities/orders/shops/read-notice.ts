import { parseExact } from './parse-exact.ts';

/**
 * The id, over there, of the order that a message names which holds none: deleted, or refunded. Undefined: it names
 * none.
 */
export function readNotice(kind: 'gone' | 'refund', body: Uint8Array): string | undefined {
  try {
    const message = parseExact(new TextDecoder('utf-8').decode(body)) as { id?: unknown; order_id?: unknown } | null;
    const id = kind === 'gone' ? message?.id : message?.order_id;
    return typeof id === 'string' && /^\d{1,30}$/.test(id) ? id : undefined;
  } catch {
    return undefined;
  }
}
