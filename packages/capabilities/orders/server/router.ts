import { admin, operator, router, viewer } from '../../kit/trpc.ts';
import {
  addSourceInput,
  addSourceOutput,
  chooseColumnsInput,
  doneOutput,
  importColumns as importColumnsOutput,
  importInput,
  orderImport,
  refusedOutput,
  setSourceSecretInput,
  sourceInput,
  sourcesOutput,
  startImportInput,
  startImportOutput,
  takeAgainInput,
  takeAgainOutput,
} from '../intake-contract.ts';
import {
  byId,
  correctEmailInput,
  correctEmailOutput,
  countsOutput,
  listInput,
  listOutput,
  orderDetail,
  rowsInput,
  rowsOutput,
} from '../contract.ts';
import { chooseColumns } from './choose-columns.ts';
import { correctEmail } from './correct-email.ts';
import { countOrders } from './count-orders.ts';
import { getImport } from './get-import.ts';
import { getOrder } from './get-order.ts';
import { importColumns } from './import-columns.ts';
import { listOrderRows } from './list-order-rows.ts';
import { listOrders } from './list-orders.ts';
import { dismissRefused, listRefusedOrders, takeAgain } from './refused-orders.ts';
import { addSource, listSources, removeSource, setSourceSecret } from './sources.ts';
import { startImport } from './start-import.ts';

export const ordersRouter = router({
  list: viewer
    .input(listInput)
    .output(listOutput)
    .query(({ ctx, input }) => listOrders(ctx, input)),
  rows: viewer
    .input(rowsInput)
    .output(rowsOutput)
    .query(({ ctx, input }) => listOrderRows(ctx, input.ids)),
  counts: viewer.output(countsOutput).query(({ ctx }) => countOrders(ctx)),
  get: viewer
    .input(byId)
    .output(orderDetail)
    .query(({ ctx, input }) => getOrder(ctx, input.id)),
  correctEmail: operator
    .input(correctEmailInput)
    .output(correctEmailOutput)
    .mutation(({ ctx, input }) => correctEmail(ctx, input)),
  import: operator
    .input(importInput)
    .output(orderImport)
    .query(({ ctx, input }) => getImport(ctx, input.id)),
  importColumns: operator
    .input(importInput)
    .output(importColumnsOutput)
    .query(({ ctx, input }) => importColumns(ctx, input.id)),
  chooseColumns: operator
    .input(chooseColumnsInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => chooseColumns(ctx, input)),
  startImport: operator
    .input(startImportInput)
    .output(startImportOutput)
    .mutation(({ ctx, input }) => startImport(ctx, input)),
  sources: admin.output(sourcesOutput).query(({ ctx }) => listSources(ctx)),
  addSource: admin
    .input(addSourceInput)
    .output(addSourceOutput)
    .mutation(({ ctx, input }) => addSource(ctx, input)),
  setSourceSecret: admin
    .input(setSourceSecretInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => setSourceSecret(ctx, input)),
  removeSource: admin
    .input(sourceInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => removeSource(ctx, input.id)),
  refused: operator.output(refusedOutput).query(({ ctx }) => listRefusedOrders(ctx)),
  takeAgain: operator
    .input(takeAgainInput)
    .output(takeAgainOutput)
    .mutation(({ ctx, input }) => takeAgain(ctx, input)),
  dismissRefused: operator
    .input(sourceInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => dismissRefused(ctx, input.id)),
});

const slice = router({ orders: ordersRouter });
/** The part of the root router that this capability's screens see. */
export type OrdersSlice = typeof slice;
