import { createImagePipeline, type ImagePipeline } from '@windlass/image-pipeline/create-image-pipeline';
import { queues } from '@windlass/queue/jobs/queues';
import { z } from 'zod';
import { forOrder } from '../../kit/compose-message.ts';
import { defineWorkerPlug } from '../../kit/worker-plug.ts';
import { jobs } from '../contract.ts';
import { composeProof } from './compose-proof.ts';

declare module '../../kit/worker-services.ts' {
  interface PlugServices {
    /** Decodes pictures, each in a child process that may die of it. */
    images: ImagePipeline;
  }
}

export const workerPlug = defineWorkerPlug({
  jobs,
  handlers: {
    'artwork.prepare': () => import('./prepare.ts'),
    'artwork.make-proof': () => import('./make-proof.ts'),
    'artwork.sweep': () => import('./sweep.ts'),
    'artwork.purge': () => import('./purge.ts'),
    'artwork.discard': () => import('./discard.ts'),
  },
  composers: ({ database, settings }) => ({ 'artwork-proof': forOrder(composeProof(database, settings)) }),
  env: {
    /** How much work a picture may be, and how long it may take on the clock before its job is tried again. */
    PICTURE_CPU_SECONDS: z.coerce.number().positive().default(10),
    PICTURE_SECONDS: z.coerce.number().positive().default(60),
  },
  open({ log }, env) {
    const images = createImagePipeline({
      children: queues.images.concurrency,
      cpuMs: env.PICTURE_CPU_SECONDS * 1000,
      timeoutMs: env.PICTURE_SECONDS * 1000,
      log: (line) => log.info(line),
    });
    return { services: { images }, close: () => images.close() };
  },
});
