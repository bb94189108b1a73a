import { defineJob } from '@windlass/queue/jobs/define-job';
import { queues } from '@windlass/queue/jobs/queues';
import { z } from 'zod';
import { labelledSubject } from '../kit/subject.ts';
import { cappedCount, idInput, pageInput, spanInput, typedLine } from '../kit/inputs.ts';

import type {} from '@windlass/db/ids';

declare module '@windlass/db/ids' {
  interface IdPrefixes {
    dlv: 'delivery';
  }
}

/**
 * withheld (undo window) -> queued -> sending -> committing -> accepted -> sent -> delivered -> read
 * Off that road: awaiting_retry, bounced, failed, aborted, uncertain. Each step is at least as far as the one before.
 */
export const deliveryStates = [
  'withheld',
  'queued',
  'sending',
  'committing',
  'accepted',
  'sent',
  'delivered',
  'read',
  'awaiting_retry',
  'bounced',
  'failed',
  'aborted',
  'uncertain',
] as const;
export type DeliveryState = (typeof deliveryStates)[number];
export const deliveryState = z.enum(deliveryStates);

/** What a message says. Each kind has one composer, in the worker plug of the capability that owns it. */
export const messageKinds = ['bundle-links', 'artwork-proof', 'invitation', 'password-reset'] as const;
export type MessageKind = (typeof messageKinds)[number];
/** The kind whose fate is the order's: what an approval sends. Other mail moves no order from tab to tab. */
export const ORDER_MESSAGE: MessageKind = 'bundle-links';
/**
 * To somebody who works here, about their account: it serves no order, nobody else sees what it says, and it is sent
 * anew from Settings only.
 */
export const isAccountMessage = (kind: MessageKind): kind is AccountMessage =>
  kind === 'invitation' || kind === 'password-reset';
export type AccountMessage = Extract<MessageKind, 'invitation' | 'password-reset'>;

/**
 * What becomes of a message whose commit got no answer (its worker died, the connection broke after the dot): `resend`
 * sends it again with the same Message-ID, so at worst there is a copy, and asks a person where that gets no answer
 * either; `uncertain` never sends twice and asks a person.
 */
export const lostCommitPolicies = ['resend', 'uncertain'] as const;
export type LostCommitPolicy = (typeof lostCommitPolicies)[number];
/** Of packages/messaging: the whole message went out, and no answer came. */
export const UNHEARD_CODES: readonly string[] = ['SMTP_CUT_AFTER_DOT', 'SMTP_SILENT_AFTER_DOT'];
/** How often a message may have been taken before nobody sends it again by themselves. */
export const MOST_COPIES: Record<LostCommitPolicy, number> = { resend: 2, uncertain: 1 };

export const LOST_ANSWER = {
  code: 'ANSWER_LOST',
  sentence: 'The mail server’s answer was lost, so nobody knows whether it took the message.',
  hint: 'Look into the mail server’s log or ask the customer; then mark it as sent, or send it again.',
};

/**
 * How long the conversation with the mail server may wait after the dot: RFC 5321 allows minutes, a shorter wait makes
 * copies.
 */
export const AFTER_DOT_MS = 120_000;

/**
 * Connections to the mail server that one worker holds. A worker that dies leaves at most so many messages of which
 * nobody knows whether they were taken: each has its connection until its outcome is written.
 */
export const MAIL_CONNECTIONS = 10;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** What passes in seconds: a restart, a first greylisting. */
export const FIRST_WAITS_MS = [2_000, 5_000, 10_000];
/**
 * Then the mail is late, and goes on for a day, as mail servers do among themselves: an overfull disk or mailbox, a
 * limit for the day.
 */
const LATE_WAITS_MS = [
  30_000,
  ...[1, 2, 5, 10, 20, 30].map((minutes) => minutes * MINUTE_MS),
  HOUR_MS,
  ...Array<number>(11).fill(2 * HOUR_MS),
];
/**
 * While no session with the mail server can be had: these cost no try, and there is no end to them. The last is
 * repeated.
 */
export const AWAY_WAITS_MS = [...FIRST_WAITS_MS, 30_000, MINUTE_MS];

export const jobs = {
  // A second run may send a copy: with the same Message-ID, so that the receiving side can drop it. MAIL_ON_LOST_COMMIT
  // may forbid it.
  'deliveries.send-email': defineJob({
    name: 'deliveries.send-email',
    title: 'Send e-mail',
    queue: 'mail',
    payload: z.object({ deliveryId: z.string() }),
    steps: { compose: 'Writing the message', send: 'Talking to the mail server' },
    retryDelaysMs: [...FIRST_WAITS_MS, ...LATE_WAITS_MS],
    timeoutMs: (queues.mail.concurrency / MAIL_CONNECTIONS) * (AFTER_DOT_MS + 30_000), // some wait for a connection
  }),
};

export const listInput = z.object({
  ...pageInput,
  tab: z.enum(['all', 'moving', 'accepted', 'problems']).default('all'),
  search: typedLine(200).optional(),
  /** Only those created within. */
  created: spanInput.optional(),
});

export const deliveryRow = z.object({
  id: z.string(),
  kind: z.enum(messageKinds),
  channel: z.enum(['email', 'whatsapp']),
  recipientName: z.string(),
  recipient: z.string(),
  subject: z.string(),
  state: deliveryState,
  heldUntil: z.string().nullable(),
  nextAttemptAt: z.string().nullable(),
  /** Until when a late one is tried by itself; null: it is not late, or its tries have no end. */
  givesUpAt: z.string().nullable(),
  attempts: z.number().int(),
  errorCode: z.string().nullable(),
  errorSentence: z.string().nullable(),
  /** A person has seen that it failed and leaves it so, or a later one took its place. */
  acknowledged: z.boolean(),
  orderId: z.string().nullable(),
  /** What it serves, as its owner calls it. Null: nothing, or nothing that is still there. */
  serves: labelledSubject.nullable(),
  jobId: z.string(),
  createdAt: z.string(),
  acceptedAt: z.string().nullable(),
});
export type DeliveryRow = z.infer<typeof deliveryRow>;

export const listOutput = z.object({ rows: z.array(deliveryRow), next: z.string().nullable() });
export const rowsInput = z.object({ ids: z.array(idInput).max(100) });
export const rowsOutput = z.object({ rows: z.array(deliveryRow) });
export const countsOutput = z.object({
  all: cappedCount,
  moving: cappedCount,
  accepted: cappedCount,
  problems: cappedCount,
});

export const conversationLine = z.object({ at: z.number(), who: z.enum(['client', 'server']), line: z.string() });
export const deliveryAttempt = z.object({
  attempt: z.number().int(),
  startedAt: z.string(),
  committedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  outcome: z.string().nullable(),
  smtpCode: z.number().int().nullable(),
  errorCode: z.string().nullable(),
  errorSentence: z.string().nullable(),
  errorHint: z.string().nullable(),
  conversation: z.array(conversationLine),
});
export const deliveryDetail = deliveryRow.extend({
  messageId: z.string(),
  resendOf: z.string().nullable(),
  errorHint: z.string().nullable(),
  requestId: z.string().nullable(),
  attemptRows: z.array(deliveryAttempt),
});
export type DeliveryDetail = z.infer<typeof deliveryDetail>;

export const byId = z.strictObject({ id: idInput });
export const previewOutput = z.object({ html: z.string(), text: z.string() });
export const resendOutput = z.object({ deliveryId: z.string() });
export const abortOutput = z.object({ state: deliveryState });

export const resolveUncertainInput = z.strictObject({ deliveryId: idInput, as: z.enum(['sent', 'send_again']) });
/** `alreadyDone`: it had been decided the same before, and nothing was done twice. */
export const resolveUncertainOutput = z.object({ state: deliveryState, alreadyDone: z.boolean() });
