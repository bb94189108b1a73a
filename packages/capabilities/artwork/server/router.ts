import { bearer, operator, router, viewer } from '../../kit/trpc.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import {
  artworkDetail,
  byId,
  closedLinkOutput,
  countsOutput,
  decideInput,
  doneOutput,
  finishUploadOutput,
  linkInput,
  linkOutput,
  listInput,
  listOutput,
  madeLinkOutput,
  ofOrderInput,
  ofOrderOutput,
  partUrlsInput,
  partUrlsOutput,
  removeInput,
  rowsInput,
  rowsOutput,
  seeInput,
  seeOutput,
  sendProofInput,
  startUploadInput,
  uploadById,
  uploadPlan,
} from '../contract.ts';
import { z } from 'zod';
import { abandonUpload, resumeUpload, signParts } from './continue-upload.ts';
import { countArtworks } from './count-artworks.ts';
import { makeLink, readLink, restoreLink, revokeLink } from './customer-link.ts';
import { decideArtwork } from './decide-artwork.ts';
import { finishUpload } from './finish-upload.ts';
import { getArtwork } from './get-artwork.ts';
import { listArtworkRows, listArtworksOfOrder } from './list-artwork-rows.ts';
import { listArtworks } from './list-artworks.ts';
import { removeArtwork, restoreArtwork } from './remove-artwork.ts';
import { seeArtworks } from './see-artworks.ts';
import { sendProof } from './send-proof.ts';
import { startUpload } from './start-upload.ts';
import type { UploadScope } from './upload-scope.ts';

/** A signed-in person may send artwork to every order of the shop. */
const personScope = ({ services, person, requestId }: SignedInContext): UploadScope => ({
  services,
  shopId: person.shopId,
  orderId: undefined,
  personId: person.id,
  linkId: null,
  by: person.name,
  requestId,
});

export const artworkRouter = router({
  list: viewer
    .input(listInput)
    .output(listOutput)
    .query(({ ctx, input }) => listArtworks(ctx, input)),
  rows: viewer
    .input(rowsInput)
    .output(rowsOutput)
    .query(({ ctx, input }) => listArtworkRows(ctx, input.ids)),
  ofOrder: viewer
    .input(ofOrderInput)
    .output(ofOrderOutput)
    .query(({ ctx, input }) => listArtworksOfOrder(ctx, input.orderId)),
  counts: viewer.output(countsOutput).query(({ ctx }) => countArtworks(ctx)),
  get: viewer
    .input(byId)
    .output(artworkDetail)
    .query(({ ctx, input }) => getArtwork(ctx, input.id)),
  see: viewer
    .input(seeInput)
    .output(seeOutput)
    .mutation(({ ctx, input }) => seeArtworks(ctx, input.ids)),
  decide: operator
    .input(decideInput)
    .output(doneOutput)
    .mutation(async ({ ctx, input }) => ({
      success: true as const,
      message: await decideArtwork(personScope(ctx), input),
    })),
  sendProof: operator
    .input(sendProofInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => sendProof(ctx, input.id)),
  remove: operator
    .input(removeInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => removeArtwork(ctx, input.id)),
  restore: operator
    .input(removeInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => restoreArtwork(ctx, input.id)),
  link: viewer
    .input(linkInput)
    .output(linkOutput)
    .query(({ ctx, input }) => readLink(ctx, input.orderId)),
  makeLink: bearer
    .input(linkInput)
    .output(madeLinkOutput)
    .mutation(({ ctx, input }) => makeLink(ctx, input.orderId)),
  revokeLink: operator
    .input(linkInput)
    .output(closedLinkOutput)
    .mutation(({ ctx, input }) => revokeLink(ctx, input.orderId)),
  restoreLink: operator
    .input(linkInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => restoreLink(ctx, input.orderId)),
  startUpload: operator
    .input(startUploadInput)
    .output(uploadPlan)
    .mutation(({ ctx, input }) => startUpload(personScope(ctx), input)),
  resumeUpload: operator
    .input(uploadById)
    .output(uploadPlan)
    .mutation(({ ctx, input }) => resumeUpload(personScope(ctx), input.uploadId)),
  partUrls: operator
    .input(partUrlsInput)
    .output(partUrlsOutput)
    .mutation(({ ctx, input }) => signParts(personScope(ctx), input)),
  finishUpload: operator
    .input(uploadById)
    .output(finishUploadOutput)
    .mutation(({ ctx, input }) => finishUpload(personScope(ctx), input.uploadId)),
  abandonUpload: operator
    .input(uploadById)
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await abandonUpload(personScope(ctx), input.uploadId);
      return {};
    }),
});

const slice = router({ artwork: artworkRouter });
/** The part of the root router that this capability's screens see. */
export type ArtworkSlice = typeof slice;
