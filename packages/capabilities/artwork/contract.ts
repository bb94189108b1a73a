import { defineJob } from '@windlass/queue/jobs/define-job';
import { z } from 'zod';
import { cappedCount, idInput, pageInput, typedLine, typedText } from '../kit/inputs.ts';

import type {} from '@windlass/db/ids';

declare module '@windlass/db/ids' {
  interface IdPrefixes {
    art: 'artwork';
    afl: 'artwork file';
    upl: 'upload';
    alk: 'artwork link';
  }
}

/** The largest file that is taken, in bytes: 512 MB. */
export const MOST_BYTES = 512 * 1024 * 1024;
/** Artworks of one order, old versions included. */
export const MOST_ON_ORDER = 500;
/** How long a removed artwork can be put back; then its files are deleted. */
export const REMOVE_UNDO_SECONDS = 10;
/** A customer's link to the artwork of an order lives this long. */
export const LINK_DAYS = 30;

/** waiting (a job looks at it) -> ready | no_preview (kept as it is) | failed (with a reason) */
export const fileStates = ['waiting', 'ready', 'no_preview', 'failed'] as const;
export type FileState = (typeof fileStates)[number];

/** awaiting (nobody was asked) -> sent (the customer has the proof) -> approved | changes_requested */
export const artworkStates = ['awaiting', 'sent', 'changes_requested', 'approved'] as const;
export type ArtworkState = (typeof artworkStates)[number];

export const decorationMethods = ['screen print', 'embroidery', 'DTG', 'DTF'] as const;
export const decorationLocations = [
  'left chest',
  'right chest',
  'full front',
  'full back',
  'left sleeve',
  'right sleeve',
] as const;
export type DecorationLocation = (typeof decorationLocations)[number];

/** The pictures made of each file: the longest side in pixels, never enlarged. */
export const renditionSizes = { thumb: 400, preview: 1200, full: 2400 } as const;
export type RenditionName = keyof typeof renditionSizes;

export const jobs = {
  // A second run is harmless: pictures are stored under the hash of their bytes.
  'artwork.prepare': defineJob({
    name: 'artwork.prepare',
    title: 'Make pictures of artwork',
    queue: 'images',
    payload: z.object({ fileId: z.string() }),
    steps: {
      read: 'Reading the file',
      inspect: 'Looking at its header',
      render: 'Making the pictures',
      keep: 'Storing the pictures',
    },
    retryDelaysMs: [2_000, 10_000, 60_000],
    timeoutMs: 180_000,
  }),
  'artwork.make-proof': defineJob({
    name: 'artwork.make-proof',
    title: 'Make a proof',
    queue: 'images',
    payload: z.object({ artworkId: z.string() }),
    steps: { compose: 'Placing the artwork on the blank', keep: 'Storing the proof' },
    retryDelaysMs: [2_000, 10_000, 60_000],
    timeoutMs: 60_000,
  }),
  'artwork.sweep': defineJob({
    name: 'artwork.sweep',
    title: 'Look for artwork without pictures',
    queue: 'default',
    payload: z.object({}),
    steps: { find: 'Looking through the last 24 hours' },
    retryDelaysMs: [10_000],
    timeoutMs: 60_000,
    every: { seconds: 600, jitterSeconds: 60 },
  }),
  'artwork.purge': defineJob({
    name: 'artwork.purge',
    title: 'Delete removed artwork',
    queue: 'default',
    payload: z.object({ artworkId: z.string() }),
    steps: { delete: 'Deleting it and its pictures' },
    retryDelaysMs: [2_000, 10_000, 60_000],
    timeoutMs: 30_000,
  }),
  'artwork.discard': defineJob({
    name: 'artwork.discard',
    title: 'Remove a stored file',
    queue: 'default',
    payload: z.object({ objectKey: z.string() }),
    steps: { remove: 'Removing it from storage' },
    retryDelaysMs: [10_000, 60_000, 600_000],
    timeoutMs: 30_000,
  }),
};

/** A picture's address, from our own root or the CDN's; immutable, so that a browser asks once. */
const picture = z.object({ url: z.string(), width: z.number().int(), height: z.number().int() });
export type Picture = z.infer<typeof picture>;

export const decoration = z.object({
  method: z.string().nullable(),
  location: z.string().nullable(),
  size: z.string().nullable(),
});
export type Decoration = z.infer<typeof decoration>;

export const artworkRow = z.object({
  id: z.string(),
  orderId: z.string(),
  orderNumber: z.number().int(),
  customerName: z.string(),
  /** The line it is for: its place on the order and what it says. */
  line: z.object({ id: z.string(), position: z.number().int(), title: z.string(), decoration }).nullable(),
  /** As the customer called the file. */
  name: z.string(),
  version: z.number().int(),
  state: z.enum(artworkStates),
  /** What the customer wants changed. */
  note: z.string().nullable(),
  file: z.object({
    state: z.enum(fileStates),
    /** jpeg, png, webp, avif, tiff, pdf, svg, ai, eps, psd, zip */
    kind: z.string(),
    sizeBytes: z.number(),
    /** Upright, in pixels; null where it has none or it is not known yet. */
    width: z.number().int().nullable(),
    height: z.number().int().nullable(),
    /** base64; draws a blur before the picture is there. */
    thumbhash: z.string().nullable(),
    /** A TIFF with a channel beside its colours that is not said to be transparency: its pictures leave it out. */
    spareChannel: z.boolean(),
    reason: z.object({ code: z.string(), sentence: z.string(), hint: z.string() }).nullable(),
  }),
  /** What its job does, while there is none of the pictures. */
  job: z
    .object({
      id: z.string(),
      state: z.string(),
      step: z.string().nullable(),
      progress: z.number().nullable(),
      acknowledged: z.boolean(),
    })
    .nullable(),
  /** Null until they are made. */
  thumb: picture.nullable(),
  preview: picture.nullable(),
  full: picture.nullable(),
  proof: picture.nullable(),
  /** Null: the customer, by link. */
  uploadedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  decidedBy: z.string().nullable(),
  createdAt: z.string(),
});
export type ArtworkRow = z.infer<typeof artworkRow>;

/** The tabs of the gallery. `problems`: no picture could be made. */
export const artworkTabs = ['awaiting', 'sent', 'changes', 'approved', 'problems', 'all'] as const;
export type ArtworkTab = (typeof artworkTabs)[number];

export const listInput = z.object({
  ...pageInput,
  tab: z.enum(artworkTabs).default('all'),
  /** An order's number, or part of a customer's or a file's name. Taken literally. */
  search: typedLine(200).optional(),
});
export const listOutput = z.object({ rows: z.array(artworkRow), next: z.string().nullable() });
export const ofOrderInput = z.strictObject({ orderId: idInput });
/** The present version of each artwork of an order. */
export const ofOrderOutput = z.object({ rows: z.array(artworkRow) });
export const rowsInput = z.object({ ids: z.array(idInput).max(100) });
export const rowsOutput = z.object({ rows: z.array(artworkRow) });
export const countsOutput = z.object({
  awaiting: cappedCount,
  sent: cappedCount,
  changes: cappedCount,
  approved: cappedCount,
  problems: cappedCount,
  all: cappedCount,
});

export const byId = z.strictObject({ id: idInput });
export const artworkDetail = artworkRow.extend({
  /** The job of its proof, where that failed and there is none. */
  failedProof: z
    .object({
      jobId: z.string(),
      sentence: z.string().nullable(),
      hint: z.string().nullable(),
      acknowledged: z.boolean(),
    })
    .nullable(),
  /** Every version, newest first, this one among them. */
  versions: z.array(artworkRow),
  /** Where the file as it was sent can be fetched, for production. */
  originalUrl: z.string(),
  /** Of the stored bytes, in hex; null until they have been read through. */
  sha256: z.string().nullable(),
});
export type ArtworkDetail = z.infer<typeof artworkDetail>;

/** What stands on the screen: its pictures are made first, and those that were missed are asked for. */
export const seeInput = z.strictObject({ ids: z.array(idInput).max(100) });
export const seeOutput = z.object({ moved: z.number().int() });

export const decideInput = z.strictObject({
  id: idInput,
  decision: z.enum(['approve', 'request-changes']),
  note: typedText(2000).optional(),
});
export const sendProofInput = byId;
export const removeInput = byId;
export const doneOutput = z.object({ success: z.literal(true), message: z.string() });

export const linkInput = z.strictObject({ orderId: idInput });
/**
 * Until when the customer's link works; null: there is none, or it was revoked. Its address is not in it: that is for
 * those who may do what it permits.
 */
export const linkOutput = z.object({ expiresAt: z.string().nullable() });
/** `undoUntil`: until when closing can be undone; null: not at all, or nothing was open. */
export const closedLinkOutput = doneOutput.extend({ undoUntil: z.string().nullable() });
export const madeLinkOutput = z.object({ url: z.string(), expiresAt: z.string() });

/** How a file is sent, and where to. Both resume: the address stays good until the upload ends. */
export const uploadPlan = z.object({
  uploadId: z.string(),
  /**
   * `tus`: PATCH to `url` (tus.io, version 1.0.0). `parts`: PUT each part to an address asked for by number, all but
   * the last of `partBytes`.
   */
  protocol: z.enum(['tus', 'parts']),
  url: z.string().nullable(),
  partBytes: z.number().int(),
  /** Parts that storage has already, when an upload goes on after a reload. */
  partsThere: z.array(z.number().int()),
  /** All bytes are there: nothing is to be sent, only to be finished. */
  arrived: z.boolean(),
});
export type UploadPlan = z.infer<typeof uploadPlan>;

const fileName = z.string().min(1).max(1000);
export const startUploadInput = z.strictObject({
  orderId: idInput,
  lineId: idInput.optional(),
  /** The artwork this is the next version of. */
  replacesId: idInput.optional(),
  name: fileName,
  sizeBytes: z.number().int().min(0),
});
export const uploadById = z.strictObject({ uploadId: idInput });
export const partUrlsInput = z.strictObject({
  uploadId: idInput,
  parts: z.array(z.number().int().min(1).max(10_000)).min(1).max(50),
});
export const partUrlsOutput = z.object({ urls: z.array(z.object({ part: z.number().int(), url: z.string() })) });
export const finishUploadOutput = z.object({ artworkId: z.string() });
