import type { OrderTab } from '@windlass/capabilities/orders/contract';
import type { SignedInContext } from '@windlass/capabilities/kit/server-context';
import type { Database } from '@windlass/db/open-database';
import { listOrders } from '../../../../packages/capabilities/orders/server/list-orders.ts';
import { SHOP_ID } from '../world/make-shop.ts';
import { AUTH_SECRET, LINK_SECRET } from '../world/secrets.ts';

/**
 * The list's operation as the server calls it: cursor read and made, the statement, its rows. Without HTTP, dispatch
 * and the session.
 */
export function openProductList(
  database: Database,
): (input: { tab: OrderTab; limit: number; cursor?: string }) => Promise<unknown> {
  const settings = {
    publicUrl: 'http://127.0.0.1',
    undoSeconds: 10,
    linkSecret: LINK_SECRET,
    cursorSecret: AUTH_SECRET,
    trustProxy: false,
  };
  const person = {
    kind: 'person',
    id: 'usr_bench',
    shopId: SHOP_ID,
    shopName: 'Bench',
    role: 'viewer',
    name: 'Bench',
    email: '',
    sessionId: '',
  } as const;
  // The list needs neither storage nor a log.
  const context = {
    services: { database, settings },
    person,
    requestId: '',
    startedAt: 0,
  } as unknown as SignedInContext;
  return (input) => listOrders(context, input);
}
