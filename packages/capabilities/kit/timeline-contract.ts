import { z } from 'zod';

/** An event as a timeline shows it: `data` is what its definition says (live/define-event.ts). */
export const timelineEvent = z.object({
  seq: z.number().int(),
  type: z.string(),
  at: z.string(),
  data: z.record(z.string(), z.unknown()),
});
export type TimelineEvent = z.infer<typeof timelineEvent>;
