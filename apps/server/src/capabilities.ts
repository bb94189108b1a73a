import type { CapabilityName } from '@windlass/capabilities/names';
import { router } from '@windlass/capabilities/kit/trpc';
import { approvalsRouter } from '@windlass/capabilities/approvals/server';
import { artworkRouter } from '@windlass/capabilities/artwork/server';
import { customersRouter } from '@windlass/capabilities/customers/server';
import { deliveriesRouter } from '@windlass/capabilities/deliveries/server';
import { operationsRouter } from '@windlass/capabilities/operations/server';
import { ordersRouter } from '@windlass/capabilities/orders/server';
import type { AnyTRPCRouter } from '@trpc/server';

/** A capability in names.ts that is missing here does not compile. */
const routers = {
  orders: ordersRouter,
  approvals: approvalsRouter,
  deliveries: deliveriesRouter,
  artwork: artworkRouter,
  customers: customersRouter,
  operations: operationsRouter,
} satisfies Record<CapabilityName, AnyTRPCRouter>;

export const appRouter = router(routers);
