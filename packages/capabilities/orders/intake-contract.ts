import { z } from 'zod';
import { idInput, typedLine } from '../kit/inputs.ts';
import { jobStates } from '@windlass/queue/job-state';
import type { ReceivedOrder } from './contract.ts';

/** Faults are all counted, and the first of them shown. */
export const MOST_FAULTS_SHOWN = 100;

export const importFault = z.object({ line: z.number().int(), column: z.string().nullable(), sentence: z.string() });
export type ImportFault = z.infer<typeof importFault>;

/** A checked order between the check and the import; lines have their ids already. */
export type StagedOrder = Omit<ReceivedOrder, 'reference' | 'lines'> & { lines: (ReceivedOrder['lines'][number] & { id: string })[] };

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
  leftOut: z.array(z.string()),
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
  result: z.object({ imported: z.number().int(), skipped: z.number().int(), firstNumber: z.number().int().nullable(), lastNumber: z.number().int().nullable() }).nullable(),
});
export type OrderImport = z.infer<typeof orderImport>;

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
const sharedSecret = z.string().min(8, 'At least 8 characters.').max(200, 'At most 200 characters.').regex(/^[\x20-\x7e]+$/, 'Letters, digits and signs only, as the shop system shows it.');
const sourceName = typedLine(100).refine((name) => name.length > 0, 'A name is needed.');

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
  /** False: the house's own secret has changed, and this one's must be entered again. */
  readable: z.boolean(),
});
export type OrderSource = z.infer<typeof orderSource>;
export const sourcesOutput = z.object({ rows: z.array(orderSource) });

export const addSourceInput = z.strictObject({
  system: z.enum(shopSystems),
  name: sourceName,
  domain: z.string().max(253).regex(/^[a-z0-9.-]*$/, 'A domain such as my-shop.myshopify.com.').optional(),
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
export const refusedOutput = z.object({ rows: z.array(refusedOrder) });
/** `email` takes the place of the one in the message, which had none or none that can be written to. */
export const takeAgainInput = z.strictObject({ id: idInput, email: z.string().max(254).optional() });
export const takeAgainOutput = z.object({ orderId: z.string(), number: z.number().int() });
