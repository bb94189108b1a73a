import { defineEvent } from '@windlass/live/define-event';
import type { BatchDecision, OrderConcern } from './contract.ts';

type By = { /** A person's name. */ by: string };
/** `by`: null where the person is gone by now. */
type Decided = { by: string | null; notes: string | null; /** Decided together with others. */ batchId?: string };

// Of an order.
/** `ms`: from the click to the answer, for the budget. `despite`: what the shop says against it, and was seen. */
export const orderApproved = defineEvent<Decided & { ms?: number; despite?: OrderConcern[] }>(
  'approvals',
  'approval.approved',
);
export const orderRejected = defineEvent<Decided>('approvals', 'approval.rejected');
export const decisionUndone = defineEvent<By & { batchId?: string }>('approvals', 'approval.undone');
export const orderReopened = defineEvent<By>('approvals', 'approval.reopened');

// Of an order, about its download links.
/** `count` of the `of` downloads that the link allows. */
export const downloaded = defineEvent<{
  linkId: string;
  downloadId: string;
  bundle: string;
  count: number;
  of: number;
}>('approvals', 'link.downloaded');
export const linkRevoked = defineEvent<By & { linkId: string }>('approvals', 'link.revoked');
export const linkRestored = defineEvent<By & { linkId: string }>('approvals', 'link.restored');

// Of a batch.
export const batchMade = defineEvent<By & { decision: BatchDecision; total: number }>('approvals', 'batch.made');
export const batchProgressed = defineEvent<{ decided: number; total: number }>('approvals', 'batch.progress');
export const batchFinished = defineEvent<{ total: number }>('approvals', 'batch.finished');
/** `left`: orders that go on waiting. */
export const batchStopped = defineEvent<By & { left: number }>('approvals', 'batch.stopped');
/** `undone`: orders that wait again. */
export const batchUndone = defineEvent<By & { undone: number }>('approvals', 'batch.undone');
