import { bearer, operator, router, viewer } from '../../kit/trpc.ts';
import {
  approveInput,
  batch,
  batchById,
  batchDetail,
  batchesOutput,
  copyLinkInput,
  copyLinkOutput,
  countWaitingInput,
  countWaitingOutput,
  decideManyInput,
  decisionOutput,
  rejectInput,
  reopenInput,
  reopenOutput,
  restoreOutput,
  revokeInput,
  revokeOutput,
  stopBatchOutput,
  undoBatchOutput,
  undoInput,
  undoOutput,
} from '../contract.ts';
import { approveOrder } from './approve-order.ts';
import { copyLink } from './copy-link.ts';
import { countWaiting } from './count-waiting.ts';
import { decideMany } from './decide-many.ts';
import { getBatch } from './get-batch.ts';
import { readOpenBatches } from './read-batches.ts';
import { rejectOrder } from './reject-order.ts';
import { reopenOrder } from './reopen-order.ts';
import { restoreLink } from './restore-link.ts';
import { revokeLink } from './revoke-link.ts';
import { stopOneBatch } from './stop-batch.ts';
import { undoBatch } from './undo-batch.ts';
import { undoDecision } from './undo-decision.ts';

export const approvalsRouter = router({
  approve: operator
    .input(approveInput)
    .output(decisionOutput)
    .mutation(({ ctx, input }) => approveOrder(ctx, input)),
  reject: operator
    .input(rejectInput)
    .output(decisionOutput)
    .mutation(({ ctx, input }) => rejectOrder(ctx, input)),
  undo: operator
    .input(undoInput)
    .output(undoOutput)
    .mutation(({ ctx, input }) => undoDecision(ctx, input.orderId)),
  reopen: operator
    .input(reopenInput)
    .output(reopenOutput)
    .mutation(({ ctx, input }) => reopenOrder(ctx, input)),
  waitingCount: viewer
    .input(countWaitingInput)
    .output(countWaitingOutput)
    .query(({ ctx, input }) => countWaiting(ctx, input.search)),
  approveMany: operator
    .input(decideManyInput)
    .output(batch)
    .mutation(({ ctx, input }) => decideMany(ctx, 'approve', input)),
  rejectMany: operator
    .input(decideManyInput)
    .output(batch)
    .mutation(({ ctx, input }) => decideMany(ctx, 'reject', input)),
  batches: viewer
    .output(batchesOutput)
    .query(async ({ ctx }) => ({ rows: await readOpenBatches(ctx.services.database.sql, ctx.person.shopId) })),
  batch: viewer
    .input(batchById)
    .output(batchDetail)
    .query(({ ctx, input }) => getBatch(ctx, input.batchId)),
  undoBatch: operator
    .input(batchById)
    .output(undoBatchOutput)
    .mutation(({ ctx, input }) => undoBatch(ctx, input.batchId)),
  stopBatch: operator
    .input(batchById)
    .output(stopBatchOutput)
    .mutation(({ ctx, input }) => stopOneBatch(ctx, input.batchId)),
  revokeLink: operator
    .input(revokeInput)
    .output(revokeOutput)
    .mutation(({ ctx, input }) => revokeLink(ctx, input.linkId)),
  restoreLink: operator
    .input(revokeInput)
    .output(restoreOutput)
    .mutation(({ ctx, input }) => restoreLink(ctx, input.linkId)),
  copyLink: bearer
    .input(copyLinkInput)
    .output(copyLinkOutput)
    .mutation(({ ctx, input }) => copyLink(ctx, input.linkId)),
});

const slice = router({ approvals: approvalsRouter });
/** The part of the root router that this capability's screens see. */
export type ApprovalsSlice = typeof slice;
