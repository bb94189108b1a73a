import { approve } from './approve/approve.ts';
import type { Benchmark, BenchmarkName } from './benchmark.ts';
import { clickToAccepted } from './click/click-to-accepted.ts';
import { dispatch } from './dispatch/dispatch.ts';
import { gallery } from './gallery/gallery.ts';
import { images } from './images/images.ts';
import { jobs } from './jobs/jobs.ts';
import { live } from './live/live.ts';
import { listUnderLoad } from './list-under-load/list-under-load.ts';
import { orderList } from './order-list/order-list.ts';
import { upload } from './upload/upload.ts';

/** All there are, in the order they run. */
export const benchmarks: Record<BenchmarkName, Benchmark> = {
  approve,
  'click-to-accepted': clickToAccepted,
  'order-list': orderList,
  jobs,
  live,
  dispatch,
  images,
  upload,
  gallery,
  'list-under-load': listUnderLoad,
};
