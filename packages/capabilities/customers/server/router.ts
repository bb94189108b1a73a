import { admin, router } from '../../kit/trpc.ts';
import { byEmail, eraseInput, eraseOutput, erasuresOutput, exportOutput, foundOutput } from '../contract.ts';
import { eraseCustomer } from './erase-customer.ts';
import { exportCustomer } from './export-customer.ts';
import { findCustomer } from './find-customer.ts';
import { listErasures } from './list-erasures.ts';

export const customersRouter = router({
  /** Changes nothing; a mutation, so that nobody's address stands in an address. */
  find: admin
    .input(byEmail)
    .output(foundOutput)
    .mutation(({ ctx, input }) => findCustomer(ctx, input.email)),
  export: admin
    .input(byEmail)
    .output(exportOutput)
    .mutation(({ ctx, input }) => exportCustomer(ctx, input.email)),
  erase: admin
    .input(eraseInput)
    .output(eraseOutput)
    .mutation(({ ctx, input }) => eraseCustomer(ctx, input)),
  erasures: admin.output(erasuresOutput).query(({ ctx }) => listErasures(ctx)),
});

const slice = router({ customers: customersRouter });
/** The part of the root router that this capability's screens see. */
export type CustomersSlice = typeof slice;
