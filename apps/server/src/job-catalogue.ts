import type { JobCatalogue } from '@windlass/capabilities/kit/job-catalogue';
import { plugList } from './plugs.ts';

/** Every job of the house by its name. */
export const jobCatalogue: JobCatalogue = Object.assign({}, ...plugList.map(({ jobs }) => jobs));
