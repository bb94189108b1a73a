import { operator, router } from '../../kit/trpc.ts';
import {
  approveInput, copyLinkInput, copyLinkOutput, decisionOutput, rejectInput, revokeInput, revokeOutput, undoInput, undoOutput,
} from '../contract.ts';
import { approveOrder } from './approve-order.ts';
import { copyLink } from './copy-link.ts';
import { rejectOrder } from './reject-order.ts';
import { revokeLink } from './revoke-link.ts';
import { undoDecision } from './undo-decision.ts';

export const approvalsRouter = router({
  approve: operator.input(approveInput).output(decisionOutput).mutation(({ ctx, input }) => approveOrder(ctx, input)),
  reject: operator.input(rejectInput).output(decisionOutput).mutation(({ ctx, input }) => rejectOrder(ctx, input)),
  undo: operator.input(undoInput).output(undoOutput).mutation(({ ctx, input }) => undoDecision(ctx, input.orderId)),
  revokeLink: operator.input(revokeInput).output(revokeOutput).mutation(({ ctx, input }) => revokeLink(ctx, input.linkId)),
  copyLink: operator.input(copyLinkInput).output(copyLinkOutput).mutation(({ ctx, input }) => copyLink(ctx, input.linkId)),
});

const slice = router({ approvals: approvalsRouter });
/** The part of the root router that this capability's screens see. */
export type ApprovalsSlice = typeof slice;
