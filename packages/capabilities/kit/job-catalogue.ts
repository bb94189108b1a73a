import type { JobDefinition } from '@windlass/queue/define-job';
import { jobs as approvals } from '../approvals/contract.ts';
import { jobs as artwork } from '../artwork/contract.ts';
import { jobs as customers } from '../customers/contract.ts';
import { jobs as deliveries } from '../deliveries/contract.ts';
import { jobs as orders } from '../orders/contract.ts';

/**
 * Every job of the house by name: for screens that show jobs of all kinds, and for the worker to find their handlers.
 */
export const jobCatalogue: Readonly<Record<string, JobDefinition>> = {
  ...orders,
  ...approvals,
  ...deliveries,
  ...artwork,
  ...customers,
};

/** The words for a job's name and step; the name itself where a finished job outlived its definition. */
export const jobTitle = (name: string): string => jobCatalogue[name]?.title ?? name;
export const stepTitle = (name: string, step: string): string => jobCatalogue[name]?.steps[step] ?? step;
