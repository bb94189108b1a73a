import type { Database } from '@windlass/db/open-database';
import type { OrderComposer } from '../../kit/compose-message.ts';
import { ensureArtworkLinks, type LinkSettings } from '../artwork-link.ts';
import { readProofFacts, renderProof } from '../messages/proof.ts';

/** Writes the mail that asks for a word on a proof. It holds the customer's link and no picture, so it is light. */
export const composeProof =
  (database: Database, settings: LinkSettings): OrderComposer =>
  async (deliveries) => {
    const orderIds = deliveries.map(({ orderId }) => orderId);
    const [facts, links] = await Promise.all([
      readProofFacts(database.sql, orderIds),
      ensureArtworkLinks(database.sql, orderIds, settings),
    ]);
    return Promise.all(facts.map((order, i) => renderProof(order, links[i]!.url)));
  };
