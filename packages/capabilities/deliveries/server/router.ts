import { operator, router, viewer } from '../../kit/trpc.ts';
import {
  abortOutput,
  byId,
  countsOutput,
  deliveryDetail,
  listInput,
  listOutput,
  previewOutput,
  resendOutput,
  resolveUncertainInput,
  resolveUncertainOutput,
  rowsInput,
  rowsOutput,
} from '../contract.ts';
import { abortOneDelivery } from './abort-delivery.ts';
import { countDeliveries } from './count-deliveries.ts';
import { getDelivery } from './get-delivery.ts';
import { listDeliveryRows } from './list-delivery-rows.ts';
import { listDeliveries } from './list-deliveries.ts';
import { previewDelivery } from './preview-delivery.ts';
import { resendDelivery } from './resend-delivery.ts';
import { resolveUncertain } from './resolve-uncertain.ts';
import { retryDelivery } from './retry-delivery.ts';

export const deliveriesRouter = router({
  list: viewer
    .input(listInput)
    .output(listOutput)
    .query(({ ctx, input }) => listDeliveries(ctx, input)),
  rows: viewer
    .input(rowsInput)
    .output(rowsOutput)
    .query(({ ctx, input }) => listDeliveryRows(ctx, input.ids)),
  counts: viewer.output(countsOutput).query(({ ctx }) => countDeliveries(ctx)),
  get: viewer
    .input(byId)
    .output(deliveryDetail)
    .query(({ ctx, input }) => getDelivery(ctx, input.id)),
  preview: viewer
    .input(byId)
    .output(previewOutput)
    .query(({ ctx, input }) => previewDelivery(ctx, input.id)),
  retry: operator
    .input(byId)
    .output(resendOutput)
    .mutation(({ ctx, input }) => retryDelivery(ctx, input.id)),
  resend: operator
    .input(byId)
    .output(resendOutput)
    .mutation(({ ctx, input }) => resendDelivery(ctx, input.id)),
  abort: operator
    .input(byId)
    .output(abortOutput)
    .mutation(({ ctx, input }) => abortOneDelivery(ctx, input.id)),
  resolveUncertain: operator
    .input(resolveUncertainInput)
    .output(resolveUncertainOutput)
    .mutation(({ ctx, input }) => resolveUncertain(ctx, input)),
});

const slice = router({ deliveries: deliveriesRouter });
/** The part of the root router that this capability's screens see. */
export type DeliveriesSlice = typeof slice;
