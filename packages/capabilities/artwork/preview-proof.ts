import type { Sql } from '@windlass/db/sql';
import type { ComposedMessage } from '../kit/compose-message.ts';
import { readProofFacts, renderProof } from './messages/proof.ts';

/** The message as its customer gets it, but for the link: a preview opens nothing. */
export const previewProof = async (
  sql: Sql,
  delivery: { orderId: string },
  publicUrl: string,
): Promise<ComposedMessage> => renderProof(await readProofFacts(sql, delivery.orderId), `${publicUrl}/a/…`);
