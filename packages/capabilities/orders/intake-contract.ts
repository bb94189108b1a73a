import { z } from 'zod';
import { isCurrency } from '../kit/decimal-money.ts';
import { emailText, idInput, neededLine } from '../kit/inputs.ts';
import { jobStates } from '@windlass/queue/jobs/job-state';
import type { ReceivedOrder } from './contract.ts';

/** Faults are all counted, and the first of them shown. */
export const MOST_FAULTS_SHOWN = 100;

export const importFault = z.object({ line: z.number().int(), column: z.string().nullable(), sentence: z.string() });
export type ImportFault = z.infer<typeof importFault>;

/** A checked order between the check and the import; lines have their ids already. */
export type StagedOrder = Omit<ReceivedOrder, 'reference' | 'lines'> & {
  lines: (ReceivedOrder['lines'][number] & { id: string })[];
};

export const importStates = ['checked', 'importing', 'imported', 'expired'] as const;

const previewOrder = z.object({
  reference: z.string(),
  line: z.number().int(),
  customerName: z.string(),
  customerEmail: z.string(),
  currency: z.string(),
  totalMinor: z.number().int(),
  lineCount: z.number().int(),
  /** Lines whose SKU has a bundle. */
  bundleCount: z.number().int(),
  /** An order with this reference is there already, and is left alone. */
  known: z.boolean(),
});

export const orderImport = z.object({
  id: z.string(),
  fileName: z.string(),
  sizeBytes: z.number().int(),
  encoding: z.string(),
  state: z.enum(importStates),
  createdAt: z.string(),
  createdBy: z.string(),
  lineCount: z.number().int(),
  /** Orders without a fault, of which `newCount` are not there yet. */
  orderCount: z.number().int(),
  newCount: z.number().int(),
  faultyOrders: z.number().int(),
  faultCount: z.number().int(),
  faults: z.array(importFault),
  /** What is taken and should be looked at: no reason to leave an order out. */
  remarks: z.array(importFault),
  leftOut: z.array(z.string()),
  /** Nothing was read yet: a person says first which column is which. */
  needsColumns: z.boolean(),
  /** Its columns can be chosen, or chosen anew. */
  canChoose: z.boolean(),
  /** It was read with columns that somebody chose, now or for an earlier file of its kind; `byMe`: the one who asks. */
  columnsChosen: z.object({ at: z.string(), by: z.string(), byMe: z.boolean() }).nullable(),
  preview: z.array(previewOrder),
  /** The same file was imported before. */
  importedBefore: z.object({ at: z.string(), by: z.string(), orders: z.number().int() }).nullable(),
  job: z
    .object({
      id: z.string(),
      state: z.enum(jobStates),
      progress: z.number().nullable(),
      progressNote: z.string().nullable(),
      errorSentence: z.string().nullable(),
      errorHint: z.string().nullable(),
    })
    .nullable(),
  result: z
    .object({
      imported: z.number().int(),
      skipped: z.number().int(),
      firstNumber: z.number().int().nullable(),
      lastNumber: z.number().int().nullable(),
    })
    .nullable(),
});
export type OrderImport = z.infer<typeof orderImport>;

/** A column of a file as it is chosen: its name, or its place. */
const columnKey = z.string().min(1).max(120).nullable();
/** Which column of a file says what; null: none does. `currency`: that of the whole file, where no column says it. */
export const columnChoice = z.strictObject({
  columns: z.strictObject({
    reference: columnKey,
    placed_at: columnKey,
    name: columnKey,
    email: columnKey,
    currency: columnKey,
    sku: columnKey,
    title: columnKey,
    quantity: columnKey,
    unit_price: columnKey,
    note: columnKey,
  }),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'Three capital letters, such as EUR.')
    .refine(isCurrency, 'There is no such currency.')
    .nullable(),
});
export type ColumnChoice = z.infer<typeof columnChoice>;

export const importColumns = z.object({
  /** Where the header stands. */
  line: z.number().int(),
  /** Of the file, in its order, each with what its first lines say in it. */
  columns: z.array(z.object({ key: z.string(), label: z.string(), samples: z.array(z.string()) })),
  /** As they are read now, as they were chosen before, or a guess. */
  choice: z.object({ columns: columnChoice.shape.columns, currency: z.string().nullable() }),
  /** Somebody chose them for files of this kind. */
  isChosen: z.boolean(),
  /** The program whose export this is: read by itself, what was cancelled there is left out. */
  system: z.string().nullable(),
});
export type ImportColumns = z.infer<typeof importColumns>;
/** `choice` null: what was chosen for files of this kind is forgotten, and their own header counts again. */
export const chooseColumnsInput = z.strictObject({ id: idInput, choice: columnChoice.nullable() });

export const importInput = z.strictObject({ id: idInput });
export const startImportInput = z.strictObject({
  id: idInput,
  /** `good` leaves the faulty orders out, knowingly; `all` is refused while there are faults. */
  which: z.enum(['all', 'good']),
});
export const startImportOutput = z.object({ jobId: z.string() });
/** The answer to an upload. */
export const uploadAnswer = z.object({ id: z.string() });

export const shopSystems = ['shopify', 'woocommerce'] as const;
export type ShopSystem = (typeof shopSystems)[number];

/** As the shop system shows it, byte for byte: nothing is trimmed or normalised. */
const sharedSecret = z
  .string()
  .min(8, 'At least 8 characters.')
  .max(200, 'At most 200 characters.')
  .regex(/^[\x20-\x7e]+$/, 'Letters, digits and signs only, as the shop system shows it.');
const sourceName = neededLine(100, 'A name is needed.');

/** The largest message a shop may send, in bytes. */
export const HOOK_MOST_BYTES = 10 * 1024 * 1024;
/**
 * Why a message was refused unread: signed with another secret, of another shop than the source's, or larger than the
 * largest.
 */
export const turnedAwayReasons = ['signature', 'domain', 'too-large'] as const;
export type TurnedAwayReason = (typeof turnedAwayReasons)[number];

export const orderSource = z.object({
  id: z.string(),
  system: z.enum(shopSystems),
  name: z.string(),
  domain: z.string().nullable(),
  url: z.string(),
  createdAt: z.string(),
  lastReceivedAt: z.string().nullable(),
  taken: z.number().int(),
  ignored: z.number().int(),
  refused: z.number().int(),
  /** The last message refused unread; null: there was none since its secret was entered. */
  lastRefused: z.object({ at: z.string(), why: z.enum(turnedAwayReasons) }).nullable(),
  /** Messages larger than the largest, of which nothing is kept. */
  tooLarge: z.number().int(),
  /** False: the house's own secret has changed, and this one's must be entered again. */
  readable: z.boolean(),
});
export type OrderSource = z.infer<typeof orderSource>;
export const sourcesOutput = z.object({ rows: z.array(orderSource) });

export const addSourceInput = z.strictObject({
  system: z.enum(shopSystems),
  name: sourceName,
  domain: z
    .string()
    .max(253)
    .regex(/^[a-z0-9.-]*$/, 'A domain such as my-shop.myshopify.com.')
    .optional(),
  /** Left out: we make one (for WooCommerce, which takes any). */
  secret: sharedSecret.optional(),
});
/** `secret` only where we made it, and only this once. */
export const addSourceOutput = z.object({ id: z.string(), url: z.string(), secret: z.string().nullable() });
export const setSourceSecretInput = z.strictObject({ id: idInput, secret: sharedSecret });
export const sourceInput = z.strictObject({ id: idInput });
export const doneOutput = z.object({ success: z.literal(true) });

export const refusedOrder = z.object({
  id: z.string(),
  sourceName: z.string(),
  system: z.enum(shopSystems),
  reference: z.string().nullable(),
  externalId: z.string().nullable(),
  reasonCode: z.string(),
  reason: z.string(),
  receivedAt: z.string(),
});
export type RefusedOrder = z.infer<typeof refusedOrder>;
/**
 * An order that could not be taken and that nobody deals with is deleted so many days after it came; the reason of a
 * settled one so many days after that.
 */
export const REFUSED_DAYS = 90;
export const SETTLED_DAYS = 30;
/** From so many days before on, what will be deleted is announced above the orders too. */
export const ANNOUNCED_DAYS = 14;
export const refusedOutput = z.object({
  rows: z.array(refusedOrder),
  /** Null: there is none. `count` of them all, `soon` within the next two weeks, the first one at `firstAt`. */
  deletion: z.object({ count: z.number().int(), soon: z.number().int(), firstAt: z.string() }).nullable(),
});
/** `email` takes the place of the one in the message, which had none or none that can be written to. */
export const takeAgainInput = z.strictObject({ id: idInput, email: emailText.optional() });
export const takeAgainOutput = z.object({ orderId: z.string(), number: z.number().int() });
