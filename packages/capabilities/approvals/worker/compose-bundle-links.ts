import type { Database } from '@windlass/db/open-database';
import type { OrderComposer } from '../../kit/compose-message.ts';
import { readOrderFacts, renderBundleLinks } from '../messages/bundle-links.ts';
import { makeLinks } from './make-links.ts';

/** Writes the mail with the customer's links: never an attachment, so it is small whatever the bundles weigh. */
export const composeBundleLinks =
  (database: Database, settings: { publicUrl: string; linkSecret: string }): OrderComposer =>
  async (deliveries) => {
    const orders = await readOrderFacts(database.sql, deliveries);
    const links = await makeLinks(
      database.sql,
      deliveries.map(({ id }, i) => ({ id, bundles: orders[i]!.bundles })),
      settings,
    );
    return Promise.all(orders.map((order, i) => renderBundleLinks(order, links[i]!)));
  };
