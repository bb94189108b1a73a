import { defineJob } from '@windlass/queue/jobs/define-job';
import { jobStates } from '@windlass/queue/jobs/job-state';
import { z } from 'zod';

import type {} from '@windlass/db/ids';

declare module '@windlass/db/ids' {
  interface IdPrefixes {
    era: 'erasure';
  }
}

export const jobs = {
  // A second run is harmless: what is erased is not found again.
  'customers.erase': defineJob({
    name: 'customers.erase',
    title: 'Erase a customer’s data',
    queue: 'default',
    payload: z.object({ erasureId: z.string() }),
    steps: { stop: 'Stopping mail, links and uploads', erase: 'Erasing orders and records', files: 'Removing files' },
    retryDelaysMs: [5_000, 30_000, 120_000],
    timeoutMs: 600_000,
  }),
};

export const byEmail = z.strictObject({ email: z.string().max(254) });
/** What is held about the person, in numbers. */
export const foundOutput = z.object({
  /** As it is looked for: in lower case. */
  email: z.string(),
  orders: z.number().int(),
  messages: z.number().int(),
  artworks: z.number().int(),
});
export type FoundCustomer = z.infer<typeof foundOutput>;

const records = z.array(z.looseObject({}));
/** Everything held about the person, as one document to hand over. */
export const exportOutput = z.object({
  email: z.string(),
  exportedAt: z.string(),
  shop: z.string(),
  orders: records,
  messages: records,
  /** Messages of shop systems that could not be taken, and orders of files that were not written yet. */
  received: records,
  downloadLinks: records,
  artwork: z.object({ files: records, links: records }),
});
export type ExportedCustomer = z.infer<typeof exportOutput>;

export const eraseInput = z.strictObject({
  email: z.string().max(254),
  /** The address once more, typed by hand: it cannot be undone. */
  confirm: z.string().max(254),
});
export const eraseOutput = z.object({ erasureId: z.string() });

export const erasure = z.object({
  id: z.string(),
  state: z.enum(['running', 'done']),
  by: z.string(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  orders: z.number().int(),
  messages: z.number().int(),
  artworks: z.number().int(),
  /** What its job does; null once its record is gone. */
  job: z
    .object({
      id: z.string(),
      state: z.enum(jobStates),
      step: z.string().nullable(),
      errorSentence: z.string().nullable(),
      acknowledged: z.boolean(),
    })
    .nullable(),
});
export type Erasure = z.infer<typeof erasure>;
export const erasuresOutput = z.object({ rows: z.array(erasure) });
