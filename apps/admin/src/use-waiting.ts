import { useQuery } from '@tanstack/react-query';
import { sliceOf } from '@windlass/capabilities/kit/api';
import type { OperationsSlice } from '@windlass/capabilities/operations/server';

const useApi = sliceOf<OperationsSlice>();

/** What waits for a person, by place, for the rail. */
export const useWaiting = () => useQuery(useApi().operations.waiting.queryOptions()).data;
export type Waiting = NonNullable<ReturnType<typeof useWaiting>>;
