import { z } from 'zod';
import { idInput, typedText } from '../kit/inputs.ts';

/** A mailed link lives this long from the moment its mail is sent (S0.11). */
export const LINK_HOURS = 24;
/** Mail scanners and a second computer need a few; a link passed around a forum does not get far. */
export const LINK_DOWNLOADS = 10;

const notes = typedText(2000).optional();

export const approveInput = z.strictObject({
  orderId: idInput,
  /** What the screen showed. A stale one is refused with the present state. */
  version: z.int32().optional(),
  notes,
});
export const decisionOutput = z.object({
  success: z.literal(true),
  message: z.string(),
  /** Somebody (perhaps the same person, a moment ago) had decided the same already: nothing was done twice. */
  alreadyDone: z.boolean(),
  orderId: z.string(),
  number: z.number().int(),
  version: z.number().int(),
  /** Until when it can be undone; null: not at all. */
  undoUntil: z.string().nullable(),
});
export type Decision = z.infer<typeof decisionOutput>;

export const rejectInput = approveInput;
export const undoInput = z.strictObject({ orderId: idInput });
export const undoOutput = z.object({ success: z.literal(true), message: z.string(), version: z.number().int() });

export const linkState = z.enum(['active', 'expired', 'revoked', 'used_up']);
export type LinkState = z.infer<typeof linkState>;

export const revokeInput = z.strictObject({ linkId: idInput });
export const revokeOutput = z.object({ state: linkState });
export const copyLinkInput = z.strictObject({ linkId: idInput });
export const copyLinkOutput = z.object({ url: z.string() });
