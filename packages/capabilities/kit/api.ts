import type { AnyTRPCRouter } from '@trpc/server';
import { createTRPCContext, createTRPCOptionsProxy, type TRPCOptionsProxy } from '@trpc/tanstack-react-query';

const shared = createTRPCContext<AnyTRPCRouter>();

export const ApiProvider = shared.TRPCProvider;

/** For what runs before a screen is there. */
export const createApi = createTRPCOptionsProxy<AnyTRPCRouter>;

/** What a capability's screens see of the shared client. */
export type ApiOf<Slice extends AnyTRPCRouter> = TRPCOptionsProxy<Slice>;

/**
 * The house's one such cast, with the one of prefetch.ts: a capability's screens see the shared client through the type
 * of their own slice of the router.
 */
export const sliceOf = <Slice extends AnyTRPCRouter>() => shared.useTRPC as unknown as () => ApiOf<Slice>;
