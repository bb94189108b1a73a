import type { Logger } from '@windlass/config/logger';
import type { Database } from '@windlass/db/open-database';
import type { ImagePipeline } from '@windlass/image-pipeline/create-image-pipeline';
import type { SmtpSender } from '@windlass/messaging/smtp-sender';
import type { Breaker } from '@windlass/queue/breaker';
import type { Storage } from '@windlass/storage/storage';
import type { Composer, LostCommitPolicies, MessageKind } from '../deliveries/contract.ts';
import type { HeldShops } from '../deliveries/restored/held-shops.ts';

/** What the worker's main opened, for job handlers to use. */
export type WorkerServices = {
  database: Database;
  storage: Storage;
  smtp: SmtpSender;
  /** Holds mail back, without spending tries, while the mail server is away. */
  mailBreaker: Breaker;
  /** Holds messages back where the house runs on a restored backup. */
  heldShops: HeldShops;
  /** Decodes pictures, each in a child process that may die of it. */
  images: ImagePipeline;
  /** Writes each kind of message: apps/worker/src/capabilities.ts says who. */
  composers: Record<MessageKind, Composer>;
  settings: { publicUrl: string; linkSecret: string; onLostCommit: LostCommitPolicies };
  log: Logger;
};
