import { roles } from '@windlass/auth/roles';
import { jobStates } from '@windlass/queue/jobs/job-state';
import { z } from 'zod';
import { cappedCount, idInput, neededLine, pageInput, typedLine } from '../kit/inputs.ts';
import { labelledSubject } from '../kit/subject.ts';
import { password } from './account-contract.ts';

import type {} from '@windlass/db/ids';

declare module '@windlass/db/ids' {
  interface IdPrefixes {
    run: 'retry run';
    acl: 'account link';
  }
}

export const jobTabs = ['all', 'moving', 'failed', 'done'] as const;
export type JobTab = (typeof jobTabs)[number];

export const listJobsInput = z.object({
  ...pageInput,
  tab: z.enum(jobTabs).default('all'),
  name: typedLine(100).optional(),
});

export const jobRow = z.object({
  id: z.string(),
  name: z.string(),
  title: z.string(),
  queue: z.string(),
  state: z.enum(jobStates),
  /** Words of the step that runs now. */
  step: z.string().nullable(),
  stepNumber: z.number().int().nullable(),
  stepCount: z.number().int(),
  progress: z.number().nullable(),
  progressNote: z.string().nullable(),
  /** 1 on the first try. */
  tryNumber: z.number().int(),
  tries: z.number().int(),
  /** What it serves, where that has a label: see kit/subject.ts. */
  serves: labelledSubject.nullable(),
  errorCode: z.string().nullable(),
  errorSentence: z.string().nullable(),
  /** A person has seen that it failed and leaves it so, or a later one took its place. */
  acknowledged: z.boolean(),
  runAfter: z.string(),
  /** Titles of the jobs it starts after and that have yet to end; null: it waits for none. */
  waitsFor: z.string().nullable(),
  /** It waits for somebody else's answer, which its sentence says; `until` null: however long that takes. */
  parked: z.object({ until: z.string().nullable() }).nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
});
export type JobRow = z.infer<typeof jobRow>;
export const jobRowsInput = z.object({ ids: z.array(idInput).max(100) });
export const jobRowsOutput = z.object({ rows: z.array(jobRow) });
export const listJobsOutput = z.object({ rows: z.array(jobRow), next: z.string().nullable() });

const count = cappedCount;
export const jobCountsOutput = z.object({ all: count, moving: count, failed: count, done: count });

export const jobDetail = jobRow.extend({
  attempts: z.number().int(),
  errorHint: z.string().nullable(),
  requestId: z.string().nullable(),
  startedAt: z.string().nullable(),
  deliveryId: z.string().nullable(),
  steps: z.array(z.object({ title: z.string(), startedAt: z.string(), ms: z.number() })),
  attemptRows: z.array(
    z.object({
      attempt: z.number().int(),
      startedAt: z.string().nullable(),
      endedAt: z.string(),
      outcome: z.string(),
      errorCode: z.string().nullable(),
      errorMessage: z.string().nullable(),
      errorSentence: z.string().nullable(),
      errorHint: z.string().nullable(),
    }),
  ),
});
export type JobDetail = z.infer<typeof jobDetail>;

export const byId = z.strictObject({ id: idInput });
export const jobStateOutput = z.object({ state: z.enum([...jobStates, 'cancelling']) });

/** What waits for a person, for the rail. */
export const waitingOutput = z.object({
  /** The outside world is played here, and can be broken on purpose. */
  demo: z.boolean(),
  /** By the names that capabilities gave them. */
  counts: z.record(z.string(), cappedCount),
});

/** Invited: has not chosen a password yet. Disabled: may not sign in until enabled again. */
export const personStatuses = ['invited', 'active', 'disabled'] as const;
export type PersonStatus = (typeof personStatuses)[number];
export const personRow = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  status: z.enum(personStatuses),
  createdAt: z.string(),
  you: z.boolean(),
});
export type PersonRow = z.infer<typeof personRow>;
export const peopleOutput = z.object({ rows: z.array(personRow) });
const named = neededLine(200, 'A name is needed.');
export const invitePersonInput = z.strictObject({ name: named, email: z.string().max(254), role: z.enum(roles) });
export const changePasswordInput = z.strictObject({
  current: z.string().min(1, 'Your present password is needed.').max(128, 'At most 128 characters.'),
  next: password,
});
export const setRoleInput = z.strictObject({ id: idInput, role: z.enum(roles) });
export const doneOutput = z.object({ success: z.literal(true) });

export const apiKeyRow = z.object({
  id: z.string(),
  name: z.string(),
  hint: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
});
export const apiKeysOutput = z.object({ rows: z.array(apiKeyRow) });
export const addApiKeyInput = z.strictObject({ name: named });
/** The only time the secret is seen. */
export const addApiKeyOutput = z.object({ id: z.string(), secret: z.string() });

/**
 * Everything that fails for one reason, and waits for a person. `code` null: a failure from before there were codes.
 */
export const failureClass = z.object({
  name: z.string(),
  code: z.string().nullable(),
  title: z.string(),
  sentence: z.string(),
  hint: z.string().nullable(),
  count: z.number().int(),
  /** Of the count: those that may run again. The rest waits for a decision one by one. */
  retryable: z.number().int(),
  newest: z.string(),
});
export type FailureClass = z.infer<typeof failureClass>;
/** Failed jobs that are tried again one after the other, as long as some of them wait for their turn. */
export const retryRun = z.object({
  run: z.string(),
  title: z.string(),
  waiting: z.number().int(),
  /** When the last of them starts. */
  lastAt: z.string(),
});
export type RetryRun = z.infer<typeof retryRun>;
export const failuresOutput = z.object({ rows: z.array(failureClass), runs: z.array(retryRun) });
export const stopRetryRunInput = z.strictObject({ run: idInput });

const failureName = { name: typedLine(100), code: typedLine(100).nullable() };
/** At most so many are run again by one click. */
export const RETRY_MOST = 10_000;
export const retryFailuresInput = z.strictObject({
  ...failureName,
  /** Starts in a minute, so that what just came back is not run over. Left out: all at once. */
  perMinute: z.number().int().min(1).max(60_000).optional(),
  /** Only says how many it would be. */
  dryRun: z.boolean().default(false),
});
export const retryFailuresOutput = z.object({ count: z.number().int(), seconds: z.number() });
export const acknowledgeFailuresInput = z.strictObject(failureName);
export const countedOutput = z.object({ count: z.number().int() });

export const troubleOutput = z.object({
  /** Dependencies that are left alone for now, and how many of this shop's jobs wait for each. */
  breakers: z.array(
    z.object({
      key: z.string(),
      title: z.string(),
      sentence: z.string().nullable(),
      openedAt: z.string(),
      retryAt: z.string(),
      held: z.number().int(),
    }),
  ),
  /**
   * The house runs on a restored backup: since then messages wait for an admin's word. `nextNumber`: of the next order,
   * as the backup has it.
   */
  hold: z.object({ since: z.string(), waiting: z.number().int(), nextNumber: z.number().int() }).nullable(),
  /** People come through a proxy and TRUST_PROXY is off: said to admins only. */
  unknownProxy: z.boolean(),
});
export type MessageHold = NonNullable<z.infer<typeof troubleOutput>['hold']>;
export const releaseMessagesInput = z.strictObject({
  /** The next order's number: higher than any that was given away after the backup was made. */
  nextNumber: z
    .number('A whole number is needed.')
    .int('A whole number is needed.')
    .min(1)
    .max(2_000_000_000, 'At most 2,000,000,000.'),
});
export type OpenBreaker = z.infer<typeof troubleOutput>['breakers'][number];

export const mailTroubles = ['none', 'slow', 'down', 'busy', 'refuses', 'cut'] as const;
export type SwitchableMailTrouble = (typeof mailTroubles)[number];
export const storageTroubles = ['none', 'slow', 'down'] as const;
export type StorageTrouble = (typeof storageTroubles)[number];
export const setMailTroubleInput = z.strictObject({ trouble: z.enum(mailTroubles) });
export const setStorageTroubleInput = z.strictObject({ trouble: z.enum(storageTroubles) });
/** A worker belongs to the house, not to a shop. */
export const killWorkerInput = z.strictObject({ worker: idInput });
export const demoOutput = z.object({
  on: z.boolean(),
  /** `other`: something without a switch here; null: the sandbox does not answer. */
  mail: z.enum([...mailTroubles, 'other']).nullable(),
  storage: z.enum(storageTroubles),
  workers: z.array(
    z.object({
      id: z.string(),
      host: z.string(),
      pid: z.number().int(),
      queues: z.array(z.string()),
      running: z.number().int(),
      startedAt: z.string(),
    }),
  ),
});

const figure = z.number().nullable();
/** The last 24 hours, in ms. */
export const measuresOutput = z.object({
  /** When it was counted. */
  at: z.string(),
  budgets: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      before: z.string().nullable(),
      budgetMs: z.number(),
      count: z.number().int(),
      p50: figure,
      p95: figure,
      worst: figure,
      /** How many took longer than the budget. */
      over: z.number().int(),
    }),
  ),
  /** What used to take time and is not done any more. */
  removedSteps: z.array(z.object({ title: z.string(), before: z.string(), instead: z.string() })),
  deliveries: z.object({ delivered: z.number().int(), failed: z.number().int() }),
  errors: z.array(z.object({ code: z.string(), sentence: z.string().nullable(), count: z.number().int() })),
  jobs: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      count: z.number().int(),
      failed: z.number().int(),
      p50: z.number(),
      p95: z.number(),
    }),
  ),
});
export type Measures = z.infer<typeof measuresOutput>;
