import type { QueryClient } from '@tanstack/react-query';
import type { AnyTRPCRouter } from '@trpc/server';
import type { ApiOf } from './api.ts';
import type { UrlSearch } from './url-search.ts';

/** An address that somebody is about to look at. */
type Visit<Slice extends AnyTRPCRouter> = { api: ApiOf<Slice>; queryClient: QueryClient; search: UrlSearch };

/** Sends a screen's first queries while its code is still on its way. */
export type Prefetch = (visit: Visit<AnyTRPCRouter>) => void;

/** A prefetch that sees the API through the capability's own slice. Nothing waits for what it starts. */
export const prefetchOf = <Slice extends AnyTRPCRouter>(start: (visit: Visit<Slice>) => void): Prefetch =>
  start as unknown as Prefetch;
