import { operator, router, viewer } from '../../kit/trpc.ts';
import { byId, correctEmailInput, correctEmailOutput, countsOutput, listInput, listOutput, orderDetail, rowsInput, rowsOutput } from '../contract.ts';
import { correctEmail } from './correct-email.ts';
import { countOrders } from './count-orders.ts';
import { getOrder } from './get-order.ts';
import { listOrderRows } from './list-order-rows.ts';
import { listOrders } from './list-orders.ts';

export const ordersRouter = router({
  list: viewer.input(listInput).output(listOutput).query(({ ctx, input }) => listOrders(ctx, input)),
  rows: viewer.input(rowsInput).output(rowsOutput).query(({ ctx, input }) => listOrderRows(ctx, input.ids)),
  counts: viewer.output(countsOutput).query(({ ctx }) => countOrders(ctx)),
  get: viewer.input(byId).output(orderDetail).query(({ ctx, input }) => getOrder(ctx, input.id)),
  correctEmail: operator.input(correctEmailInput).output(correctEmailOutput).mutation(({ ctx, input }) => correctEmail(ctx, input)),
});

const slice = router({ orders: ordersRouter });
/** The part of the root router that this capability's screens see. */
export type OrdersSlice = typeof slice;
