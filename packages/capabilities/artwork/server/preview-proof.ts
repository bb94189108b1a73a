import type { Preview } from '../../kit/compose-message.ts';
import { readProofFacts, renderProof } from '../messages/proof.ts';

export const previewProof: Preview = async (sql, { orderId }, publicUrl) =>
  renderProof((await readProofFacts(sql, [orderId]))[0]!, `${publicUrl}/a/…`);
