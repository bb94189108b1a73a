import { z } from 'zod';
import { defineServerPlug } from '../../kit/server-plug.ts';
import { jobs } from '../contract.ts';
import { uploadLimits } from '../upload-limits.ts';
import { ordersOfArtworks } from './orders-of-artworks.ts';
import { originalRoutes } from './original-routes.ts';
import { invalidatePictures } from './picture-exists.ts';
import { pictureRoutes } from './picture-routes.ts';
import { portalArtworkRoutes } from './portal-routes.ts';
import { previewProof } from './preview-proof.ts';
import { artworkRouter } from './router.ts';
import { uploadRoutes } from './upload-routes.ts';

export const serverPlug = defineServerPlug({
  router: artworkRouter,
  env: {
    /** What uploads may promise: by one customer's link within 24 hours, and all that a shop keeps. */
    UPLOAD_LINK_GB: z.coerce.number().positive().default(20),
    UPLOAD_LINK_STARTS: z.coerce.number().int().min(1).default(200),
    UPLOAD_SHOP_GB: z.coerce.number().positive().default(200),
  },
  settings: (env) => ({ uploadLimits: uploadLimits(env) }),
  jobs,
  subjects: { art: { shownAs: ordersOfArtworks } },
  previews: { 'artwork-proof': previewProof },
  links: [{ prefix: 'a', page: 'portal' }],
  entrances: [
    { path: '/api/portal/*', admit: 'turn', mostBytes: 64 * 1024 },
    { path: '/artwork/originals/*', admit: 'turn', mostBytes: 0 },
    { path: '/api/uploads/*', admit: 'stream' },
  ],
  routes: ({ services, authSecret }) => [
    portalArtworkRoutes(services),
    uploadRoutes(services),
    pictureRoutes(services),
    originalRoutes(services, { secret: authSecret }),
  ],
  invalidate: invalidatePictures,
  seed: {
    after: ['orders'],
    makes: 'eight drawings',
    fill: async (shop) => (await import('../seed/seed-artwork.ts')).seedArtwork(shop),
  },
});
