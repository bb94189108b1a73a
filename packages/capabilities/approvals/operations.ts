/** What other capabilities may do with approvals. */
import type { Sql } from '@windlass/db/sql';
import type { ComposedMessage } from '../deliveries/contract.ts';
import { readOrderFacts, readOrderedBundles, renderBundleLinks } from './messages/bundle-links.ts';

/** The message as its customer gets it, but for the links: a preview opens nothing. */
export async function previewBundleLinks(sql: Sql, delivery: { id: string; orderId: string }, publicUrl: string): Promise<ComposedMessage> {
  const [order, bundles] = await Promise.all([readOrderFacts(sql, delivery), readOrderedBundles(sql, delivery.orderId)]);
  return renderBundleLinks(order, bundles.map(({ name, sizeBytes, ready }) => ({ name, sizeBytes, url: ready ? `${publicUrl}/d/…` : null })));
}
