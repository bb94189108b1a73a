import { defineJob } from '@windlass/queue/jobs/define-job';
import { z } from 'zod';
import { conversationLine, deliveryState } from '../deliveries/contract.ts';
import { linkState, orderConcern } from '../approvals/contract.ts';
import { isCurrency } from '../kit/decimal-money.ts';
import {
  cappedCount,
  emailText,
  idInput,
  momentInput,
  neededLine,
  pageInput,
  spanInput,
  typedLine,
  typedText,
} from '../kit/inputs.ts';
import { timelineEvent } from '../kit/timeline-contract.ts';

import type {} from '@windlass/db/ids';

declare module '@windlass/db/ids' {
  interface IdPrefixes {
    ord: 'order';
    line: 'order line';
    imp: 'import of a file';
    src: 'order source';
    sor: 'refused order of a source';
  }
}

export const orderStatuses = ['waiting', 'approved', 'rejected', 'cancelled'] as const;
export type OrderStatus = (typeof orderStatuses)[number];
/** Where an order stands for the people watching; its tab in the list. */
export const orderStages = ['waiting', 'moving', 'delivered', 'problem', 'closed'] as const;
export type OrderStage = (typeof orderStages)[number];

/** What the shop says of the money. Partly paid is unpaid. */
export const paymentStatuses = ['unpaid', 'authorised', 'paid', 'partly_refunded', 'refunded', 'voided'] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];
/** How an order stands in its shop. */
export type ShopStanding = {
  paymentStatus: PaymentStatus | null;
  isTest: boolean;
  isDraft: boolean;
  shopCancelledAt: string | null;
};

/** The tabs of the list; rules.ts says what each shows. */
export const orderTabs = ['waiting', 'approved', 'delivered', 'problems', 'rejected', 'all'] as const;
export type OrderTab = (typeof orderTabs)[number];

export const jobs = {
  // A second run is harmless: it finds the orders written.
  'orders.import-file': defineJob({
    name: 'orders.import-file',
    title: 'Import orders',
    queue: 'default',
    payload: z.object({ importId: z.string() }),
    steps: { write: 'Writing the orders' },
    retryDelaysMs: [2_000, 10_000, 30_000],
    timeoutMs: 180_000,
  }),
};

const money = z.object({ minor: z.number().int(), currency: z.string() });

export const listInput = z.object({
  ...pageInput,
  tab: z.enum(orderTabs).default('all'),
  /** A number, or part of a name, an address or a reference. Taken literally. */
  search: typedLine(200).optional(),
  /** Only the orders of this batch. */
  inBatch: idInput.optional(),
  /** Only those placed within. */
  placed: spanInput.optional(),
});

export const orderRow = z.object({
  id: z.string(),
  number: z.number().int(),
  status: z.enum(orderStatuses),
  stage: z.enum(orderStages),
  version: z.number().int(),
  /** What its shop calls it, and which connected shop sent it: #5001 of one is not #5001 of another. Null: none did. */
  reference: z.string().nullable(),
  sourceName: z.string().nullable(),
  customerName: z.string(),
  customerEmail: z.string(),
  lineCount: z.number().int(),
  total: money,
  placedAt: z.string(),
  /** Null: the shop does not say. */
  paymentStatus: z.enum(paymentStatuses).nullable(),
  /** What its shop says against sending it: approving it takes a word for each. */
  concerns: z.array(orderConcern),
  /** Why it was rejected, in the words of whoever did; null also where nobody said. */
  rejectionReason: z.string().nullable(),
  /** Its customer has downloaded something of it. */
  downloaded: z.boolean(),
  /** The newest delivery, if any: what is moving, or what went wrong. */
  delivery: z
    .object({
      id: z.string(),
      state: deliveryState,
      heldUntil: z.string().nullable(),
      nextAttemptAt: z.string().nullable(),
      givesUpAt: z.string().nullable(),
      attempts: z.number().int(),
      errorCode: z.string().nullable(),
      errorSentence: z.string().nullable(),
      acknowledged: z.boolean(),
    })
    .nullable(),
});
export type OrderRow = z.infer<typeof orderRow>;

export const listOutput = z.object({ rows: z.array(orderRow), next: z.string().nullable() });
export const rowsInput = z.object({ ids: z.array(idInput).max(100) });
export const rowsOutput = z.object({ rows: z.array(orderRow) });
export const countsOutput = z.object({
  waiting: cappedCount,
  approved: cappedCount,
  delivered: cappedCount,
  problems: cappedCount,
  rejected: cappedCount,
  all: cappedCount,
});

export const byId = z.strictObject({ id: idInput });
export const correctEmailInput = z.strictObject({
  id: idInput,
  email: emailText,
  /** What the screen showed. A stale one is refused with what changed since. */
  version: z.int32().optional(),
});
export const correctEmailOutput = z.object({ version: z.number().int() });

const orderLine = z.object({
  position: z.number().int(),
  sku: z.string(),
  title: z.string(),
  quantity: z.number().int(),
  unit: money,
  bundle: z.object({ id: z.string(), name: z.string(), sizeBytes: z.number(), ready: z.boolean() }).nullable(),
  id: z.string(),
  decoration: z.object({ method: z.string().nullable(), location: z.string().nullable(), size: z.string().nullable() }),
});

const orderLink = z.object({
  id: z.string(),
  bundleName: z.string(),
  deliveryId: z.string(),
  state: linkState,
  expiresAt: z.string(),
  downloads: z.number().int(),
  maxDownloads: z.number().int(),
});

const orderDelivery = z.object({
  id: z.string(),
  jobId: z.string(),
  state: deliveryState,
  recipient: z.string(),
  heldUntil: z.string().nullable(),
  nextAttemptAt: z.string().nullable(),
  givesUpAt: z.string().nullable(),
  attempts: z.number().int(),
  errorCode: z.string().nullable(),
  errorSentence: z.string().nullable(),
  errorHint: z.string().nullable(),
  acknowledged: z.boolean(),
  createdAt: z.string(),
  /** What the job is doing right now; null when it does not run. */
  step: z.string().nullable(),
  conversations: z.array(z.object({ attempt: z.number().int(), lines: z.array(conversationLine) })),
});

export const orderDetail = orderRow.extend({
  customerNote: z.string().nullable(),
  adminNotes: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  undoUntil: z.string().nullable(),
  /** When its shop cancelled it. */
  shopCancelledAt: z.string().nullable(),
  /** Its customer's data was erased: nothing can be sent, and nothing is to be added. */
  erased: z.boolean(),
  lines: z.array(orderLine),
  deliveries: z.array(orderDelivery),
  links: z.array(orderLink),
  timeline: z.array(timelineEvent),
});
export type OrderDetail = z.infer<typeof orderDetail>;

const minorUnits = z
  .number()
  .int('Whole minor units, e.g. 1999 for 19.99.')
  .min(0)
  .max(1_000_000_000_000, 'This amount is too large.');
/** Below 2^53: a sum beyond it is no exact number any more, in JSON or in a browser. */
const MOST_TOTAL = 1_000_000_000_000_000;

const orderLines = (most: number) =>
  z
    .array(
      z.strictObject({
        sku: neededLine(100, 'A SKU is needed.'),
        title: typedLine(300),
        quantity: z.number().int().min(1).max(100_000),
        unitMinor: minorUnits,
        /** How artwork goes on it; the shop's own words where ours do not fit. */
        decoration: z
          .strictObject({
            method: typedLine(60).optional(),
            location: typedLine(60).optional(),
            size: typedLine(60).optional(),
          })
          .optional(),
      }),
    )
    .min(1)
    .max(most, `At most ${most.toLocaleString('en')} lines.`)
    .refine(
      (lines) => lines.reduce((sum, line) => sum + line.quantity * line.unitMinor, 0) <= MOST_TOTAL,
      'The total is too large.',
    );

/** An order as a shop system sends it. Unknown keys are refused: a misspelt one would be lost without a word. */
export const receivedOrder = z.strictObject({
  reference: typedLine(100).optional(),
  customer: z.strictObject({ name: neededLine(200, 'A name is needed.'), email: emailText }),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'A currency of three capital letters, e.g. EUR.')
    .refine(isCurrency, 'There is no such currency.'),
  note: typedText(2000).optional(),
  placedAt: momentInput.optional(),
  /** What your shop says of the money; left out, nobody is asked about it before the order is sent. */
  paymentStatus: z.enum(paymentStatuses).optional(),
  lines: orderLines(200),
});
export type ReceivedOrder = z.output<typeof receivedOrder>;

/** The same from a shop's webhook: nobody there can send it in two, or mend its time. */
export const shopOrder = receivedOrder.extend({
  placedAt: momentInput.optional().catch(undefined),
  lines: orderLines(10_000),
});

export const receivedAnswer = z.object({ id: z.string(), number: z.number().int(), status: z.enum(orderStatuses) });
export type ReceivedAnswer = z.infer<typeof receivedAnswer>;
