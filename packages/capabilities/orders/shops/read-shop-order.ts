import { cleanLine } from '../../kit/clean-text.ts';
import type { ReceivedOrder } from '../contract.ts';
import type { ShopSystem } from '../intake-contract.ts';
import { parseExact } from './parse-exact.ts';
import { readShopifyOrder } from './read-shopify-order.ts';
import { NOTHING_SAID, readShopState, type ShopState } from './read-shop-state.ts';
import { readWoocommerceOrder } from './read-woocommerce-order.ts';
import type { ShopReading } from './shop-order.ts';

export type ShopMessageRead = ShopReading & {
  state: ShopState;
  /** The lines left of the order, whatever its address; undefined where they cannot be read: `unread` says why. */
  lines?: ReceivedOrder['lines'];
  unread?: string;
};

const readers = { shopify: readShopifyOrder, woocommerce: readWoocommerceOrder } satisfies Record<ShopSystem, unknown>;

/**
 * A shop system's message as an order of ours, or why it cannot be one. `email` given by a person takes the place of
 * its own.
 */
export function readShopOrder(system: ShopSystem, body: Uint8Array, email?: string): ShopMessageRead {
  let message: unknown;
  try {
    message = parseExact(new TextDecoder('utf-8').decode(body));
  } catch {
    return notAnOrder('The message is no JSON.');
  }
  const { externalId = idOf(message), reference, result } = readers[system](message, email);
  const lines =
    !result.ok && (result.code === 'NO_EMAIL' || result.code === 'BAD_EMAIL')
      ? readers[system](message, ANY_ADDRESS).result
      : result;
  return {
    externalId,
    reference: cleanLine(reference ?? '', 100) || undefined,
    state: readShopState(system, message),
    result,
    ...linesOf(lines),
  };
}

/** A message of which nothing can be said but why. */
export const notAnOrder = (reason: string): ShopMessageRead => ({
  externalId: undefined,
  reference: undefined,
  state: NOTHING_SAID,
  result: { ok: false, code: 'NOT_AN_ORDER', reason },
});

/** A person may have given an order the address that its shop does not have. */
const ANY_ADDRESS = 'lines.only@example.com';

/** Of an order whose every line was taken off it none is left. */
function linesOf(result: ShopReading['result']): Pick<ShopMessageRead, 'lines' | 'unread'> {
  if (result.ok) return { lines: result.order.lines };
  return result.code === 'NO_LINES' ? { lines: [] } : { unread: cleanLine(result.reason, 500) };
}

/** The order's id where the rest of the message is of another form, so that the same order mended is the same order. */
function idOf(message: unknown): string | undefined {
  const { id } = (message ?? {}) as { id?: unknown };
  return typeof id === 'string' && /^\d{1,30}$/.test(id) ? id : undefined;
}
