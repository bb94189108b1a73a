import type { Database } from '@windlass/db/open-database';
import type { OrderComposer } from '../../kit/compose-message.ts';
import { ensureArtworkLink, type LinkSettings } from '../artwork-link.ts';
import { readProofFacts, renderProof } from '../messages/proof.ts';

/** Writes the mail that asks for a word on a proof. It holds the customer's link and no picture, so it is light. */
export const composeProof =
  (database: Database, settings: LinkSettings): OrderComposer =>
  async (delivery) => {
    const [facts, link] = await Promise.all([
      readProofFacts(database.sql, delivery.orderId),
      ensureArtworkLink(database.sql, delivery.orderId, settings),
    ]);
    return renderProof(facts, link.url);
  };
