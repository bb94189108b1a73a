import type { Database } from '@windlass/db/open-database';
import type { OrderComposer } from '../../kit/compose-message.ts';
import { readOrderFacts, renderBundleLinks } from '../messages/bundle-links.ts';
import { makeLinks } from './make-links.ts';

/** Writes the mail with the customer's links: never an attachment, so it is small whatever the bundles weigh. */
export const composeBundleLinks =
  (database: Database, settings: { publicUrl: string; linkSecret: string }): OrderComposer =>
  async (delivery) => {
    const [order, bundles] = await Promise.all([
      readOrderFacts(database.sql, delivery),
      makeLinks(database.sql, delivery, settings),
    ]);
    return renderBundleLinks(order, bundles);
  };
