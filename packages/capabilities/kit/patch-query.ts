import type { QueryClient } from '@tanstack/react-query';

/**
 * Changes what was fetched from a procedure, in every place that keeps an answer of it, whatever it was asked with.
 * `change` answers the same object where nothing of it changed.
 */
export function patchQuery<Data>(
  queryClient: QueryClient,
  path: readonly string[],
  change: (data: Data) => Data,
): void {
  queryClient.setQueriesData<Data>({ queryKey: [path] }, (data) => data && change(data));
}
