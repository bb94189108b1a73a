import { approve } from './approve/approve.ts';
import type { Benchmark, BenchmarkName } from './benchmark.ts';
import { clickToAccepted } from './click/click-to-accepted.ts';
import { dispatch } from './dispatch/dispatch.ts';
import { jobs } from './jobs/jobs.ts';
import { live } from './live/live.ts';
import { orderList } from './order-list/order-list.ts';

/** All there are, in the order they run. */
export const benchmarks: Record<BenchmarkName, Benchmark> = {
  approve,
  'click-to-accepted': clickToAccepted,
  'order-list': orderList,
  jobs,
  live,
  dispatch,
};
