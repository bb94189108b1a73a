import { z } from 'zod';
import { idInput, typedText } from '../kit/inputs.ts';
import { artworkStates, decoration, fileStates, partUrlsInput, startUploadInput, uploadById } from './contract.ts';

/**
 * What the customer's page says to the server: POST /api/portal/artwork/<word>, JSON in and out, the link's token in
 * the header
 * `x-link-token` (never in an address, which would end up in logs). Errors are the house's one form.
 */
const picture = z.object({ url: z.string(), width: z.number().int(), height: z.number().int() });

export const portalArtwork = z.object({
  id: z.string(),
  lineId: z.string().nullable(),
  name: z.string(),
  version: z.number().int(),
  state: z.enum(artworkStates),
  note: z.string().nullable(),
  file: z.object({
    state: z.enum(fileStates),
    kind: z.string(),
    sizeBytes: z.number(),
    width: z.number().int().nullable(),
    height: z.number().int().nullable(),
    thumbhash: z.string().nullable(),
    reason: z.object({ code: z.string(), sentence: z.string(), hint: z.string() }).nullable(),
  }),
  thumb: picture.nullable(),
  preview: picture.nullable(),
  proof: picture.nullable(),
  createdAt: z.string(),
});
export type PortalArtwork = z.infer<typeof portalArtwork>;

/** POST read */
export const portalOrder = z.object({
  shopName: z.string(),
  orderNumber: z.number().int(),
  customerName: z.string(),
  expiresAt: z.string(),
  lines: z.array(
    z.object({ id: z.string(), position: z.number().int(), title: z.string(), quantity: z.number().int(), decoration }),
  ),
  artworks: z.array(portalArtwork),
  mostBytes: z.number().int(),
});
export type PortalOrder = z.infer<typeof portalOrder>;

/**
 * POST start -> uploadPlan; resume { uploadId } -> uploadPlan; part-urls -> partUrlsOutput; finish { uploadId } ->
 * finishUploadOutput; abandon { uploadId } -> {}
 */
export const portalStartInput = startUploadInput.omit({ orderId: true });
export const portalUploadById = uploadById;
export const portalPartUrlsInput = partUrlsInput;
/** POST decide */
export const portalDecideInput = z.strictObject({
  id: idInput,
  decision: z.enum(['approve', 'request-changes']),
  note: typedText(2000).optional(),
});
