import { QueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink } from '@trpc/client';
import type { AnyTRPCRouter } from '@trpc/server';
import { MOST_CALLS } from '@windlass/capabilities/kit/batch-limit';
import { wordsOf } from '@windlass/capabilities/kit/error-words';

export function createApiClient() {
  return createTRPCClient<AnyTRPCRouter>({
    links: [httpBatchLink({ url: '/api/trpc', maxURLLength: 4000, maxItems: MOST_CALLS })],
  });
}

/**
 * Live events say what is stale, so nothing is fetched anew by the clock or by looking away and back. An outage is
 * tried again; a refusal is not.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 5 && !wordsOf(error).refused,
        retryDelay: (failures) => Math.min(300 * 2 ** failures, 3000),
      },
    },
  });
}
