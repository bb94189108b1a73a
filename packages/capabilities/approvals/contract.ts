import { defineJob } from '@windlass/queue/jobs/define-job';
import { z } from 'zod';
import { idInput, typedLine, typedText } from '../kit/inputs.ts';

import type {} from '@windlass/db/ids';

declare module '@windlass/db/ids' {
  interface IdPrefixes {
    bnd: 'bundle';
    lnk: 'download link';
    dl: 'download';
    bat: 'batch';
  }
}

/** A mailed link lives this long from the moment its mail is sent (S0.11). */
export const LINK_HOURS = 24;
/** Mail scanners and a second computer need a few; a link passed around a forum does not get far. */
export const LINK_DOWNLOADS = 10;
/**
 * Mails with new links that whoever holds an old one can cause for an order: within 24 hours, and in all since the shop
 * itself last sent some.
 */
export const RENEWALS_A_DAY = 3;
export const RENEWALS_IN_ALL = 10;

const notes = typedText(2000).optional();

/**
 * What a shop says against sending an order, the weightiest first. None is approved before a person has seen each and
 * chosen so.
 */
export const orderConcerns = ['cancelled', 'refunded', 'voided', 'unpaid', 'authorised', 'draft', 'test'] as const;
export const orderConcern = z.enum(orderConcerns);
export type OrderConcern = z.infer<typeof orderConcern>;

const decisionInput = z.strictObject({
  orderId: idInput,
  /** What the screen showed. A stale one is refused with the present state. */
  version: z.int32().optional(),
  notes,
});
export const approveInput = decisionInput.extend({
  /** Approve it although its shop says so: what was shown to the person who chose it. */
  despite: z.array(orderConcern).max(orderConcerns.length).optional(),
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
  /** Of an approval: which lines the mail leaves out, as a sentence. Left out: none. */
  leftOut: z.string().optional(),
});
export type Decision = z.infer<typeof decisionOutput>;

export const rejectInput = decisionInput;
export const undoInput = z.strictObject({ orderId: idInput });
export const undoOutput = z.object({ success: z.literal(true), message: z.string(), version: z.number().int() });

/** `version`: what the screen showed. A stale one is refused. */
export const reopenInput = z.strictObject({ orderId: idInput, version: z.int32().optional() });
export const reopenOutput = undoOutput;
export type Reopening = z.infer<typeof reopenOutput>;

export const linkState = z.enum(['active', 'expired', 'revoked', 'used_up']);
export type LinkState = z.infer<typeof linkState>;

export const revokeInput = z.strictObject({ linkId: idInput });
/** `undoUntil`: until when it can be undone; null: not at all. */
export const revokeOutput = z.object({ state: linkState, undoUntil: z.string().nullable() });
export const restoreOutput = z.object({ state: linkState });
export const copyLinkInput = z.strictObject({ linkId: idInput });
export const copyLinkOutput = z.object({ url: z.string() });

export const jobs = {
  // A second run is harmless: each chunk commits with what it did, so that the next start goes on after it.
  'approvals.decide-batch': defineJob({
    name: 'approvals.decide-batch',
    title: 'Decide many orders',
    queue: 'default',
    payload: z.object({ batchId: z.string() }),
    steps: { decide: 'Deciding the orders' },
    retryDelaysMs: [1_000, 5_000, 30_000],
    timeoutMs: 300_000,
  }),
};

/** One click decides at most so many. */
export const BATCH_MOST = 10_000;

export const batchDecision = z.enum(['approve', 'reject']);
export type BatchDecision = z.infer<typeof batchDecision>;
/** running -> done | partial (some were refused) | stopped; all but the last -> undone, while it may be taken back */
export const batchStates = ['running', 'done', 'partial', 'stopped', 'undone'] as const;
export type BatchState = (typeof batchStates)[number];

/** Either the orders ticked, or every waiting one that the search finds. */
export const decideManyInput = z
  .strictObject({
    orderIds: z
      .array(idInput)
      .min(1, 'Select an order first.')
      .max(BATCH_MOST, `At most ${BATCH_MOST.toLocaleString('en')} orders at once.`)
      .optional(),
    allWaiting: z.strictObject({ search: typedLine(200).optional() }).optional(),
    notes,
    /** Made by the screen for one click: sent twice, it is one batch. */
    requestKey: z.uuid(),
  })
  .refine(
    ({ orderIds, allWaiting }) => (orderIds === undefined) !== (allWaiting === undefined),
    'Say orderIds or allWaiting, one of the two.',
  );
export type DecideMany = z.output<typeof decideManyInput>;
export const countWaitingInput = z.strictObject({ search: typedLine(200).optional() });
/** `count` is exact up to `most`; beyond it the batch would be refused. */
export const countWaitingOutput = z.object({ count: z.number().int(), most: z.number().int() });

export const batch = z.object({
  id: z.string(),
  decision: batchDecision,
  state: z.enum(batchStates),
  total: z.number().int(),
  done: z.number().int(),
  skipped: z.number().int(),
  refused: z.number().int(),
  /** Where the decided orders stand now. */
  moving: z.number().int(),
  delivered: z.number().int(),
  problems: z.number().int(),
  /** Its job has failed for good: nothing goes on until a person runs it again. */
  stuck: z.boolean(),
  jobId: z.string(),
  by: z.string().nullable(),
  createdAt: z.string(),
  /** Until when all of it can be taken back; null: no longer, or never. */
  undoUntil: z.string().nullable(),
});
export type Batch = z.infer<typeof batch>;

export const batchesOutput = z.object({ rows: z.array(batch) });
export const batchById = z.strictObject({ batchId: idInput });
/** Why orders of the batch were refused, one row a reason, with the first few of them. */
export const batchDetail = batch.extend({
  refusals: z.array(
    z.object({
      code: z.string(),
      sentence: z.string(),
      count: z.number().int(),
      orders: z.array(z.object({ id: z.string(), number: z.number().int() })),
    }),
  ),
});
export type BatchDetail = z.infer<typeof batchDetail>;
export const undoBatchOutput = z.object({ success: z.literal(true), message: z.string(), undone: z.number().int() });
export const stopBatchOutput = z.object({ success: z.literal(true), message: z.string() });
