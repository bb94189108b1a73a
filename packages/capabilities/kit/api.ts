import type { AnyTRPCRouter } from '@trpc/server';
import { createTRPCContext, type TRPCOptionsProxy } from '@trpc/tanstack-react-query';

const shared = createTRPCContext<AnyTRPCRouter>();

export const ApiProvider = shared.TRPCProvider;

/**
 * The house's one such cast: a capability's screens see the shared client through the type of their own slice of the
 * router.
 */
export const sliceOf = <Slice extends AnyTRPCRouter>() => shared.useTRPC as unknown as () => TRPCOptionsProxy<Slice>;
