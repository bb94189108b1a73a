import { defineEvent } from '@windlass/live/define-event';

type Artwork = { artworkId: string; /** As the customer called the file. */ name: string; version: number };
type By = { /** A person's name; the customer's, who came by a link. */ by: string };

// Of an order: what people did.
export const uploaded = defineEvent<Artwork & By & { /** The version before. */ replaces?: string }>(
  'artwork',
  'artwork.uploaded',
);
export const proofSent = defineEvent<Artwork & By>('artwork', 'artwork.proof-sent');
export const artworkApproved = defineEvent<Artwork & By & { note?: string }>('artwork', 'artwork.approved');
export const changesRequested = defineEvent<Artwork & By & { note?: string }>('artwork', 'artwork.changes-requested');
export const artworkRemoved = defineEvent<Artwork & By>('artwork', 'artwork.removed');
export const artworkRestored = defineEvent<Artwork & By>('artwork', 'artwork.restored');
export const artworkLinkRevoked = defineEvent<By>('artwork', 'artwork.link-revoked');
export const artworkLinkRestored = defineEvent<By>('artwork', 'artwork.link-restored');

// Of an artwork: what jobs made of it. `objects` are keys in storage.
export const picturesReady = defineEvent<{ artworkId: string; objects: string[] }>('artwork', 'artwork.ready');
export const picturesFailed = defineEvent<{ artworkId: string; code: string; sentence: string }>(
  'artwork',
  'artwork.failed',
);
/** A kind of which no picture is made. */
export const keptWithoutPicture = defineEvent<{ artworkId: string }>('artwork', 'artwork.kept');
export const proofMade = defineEvent<{ artworkId: string; objects: string[] }>('artwork', 'artwork.proof-made');
export const artworksDeleted = defineEvent<{ artworkIds: string[]; objects: string[] }>('artwork', 'artwork.deleted');
