import type { Person } from '@windlass/auth/principal';
import type { Logger } from '@windlass/config/logger';
import type { Cache } from '@windlass/cache/open-cache';
import type { Database } from '@windlass/db/open-database';
import type { Sql } from '@windlass/db/sql';
import type { JobLives } from '@windlass/queue/jobs/job-life';
import type { Storage } from '@windlass/storage/storage';
import type { Budget, RemovedStep } from './budget.ts';
import type { Preview } from './compose-message.ts';
import type { JobCatalogue } from './job-catalogue.ts';
import type { MessageSettlers } from './message-settler.ts';
import type { SealKeys } from './seal-keys.ts';
import type { SubjectKind } from './subject.ts';

/**
 * What single capabilities are told from outside: each adds its own keys here by declaration merging, in its
 * `server/plug.ts`.
 */
// eslint-disable-next-line typescript/no-empty-object-type -- capabilities fill it
export interface CapabilitySettings {}

export type ServerSettings = CapabilitySettings & {
  /** Where people reach this house, without a slash at the end. */
  publicUrl: string;
  /** How long an approval holds its mail back. 0 turns undo off. */
  undoSeconds: number;
  /** Derives the tokens of download links. */
  linkSecret: string;
  /** Signs page cursors, so that nobody forges one. */
  cursorSecret: string;
  /** Seal secrets that are kept and used again. */
  sealKeys: SealKeys;
  trustProxy: boolean;
  /** Where pictures are served, without a slash at the end: '' for here, or a CDN in front of here. */
  pictures: string;
};

export type MailTrouble = 'none' | 'slow' | 'down' | 'busy' | 'refuses' | 'cut';
/** The demo's switches for the world outside. */
export type DemoControls = {
  /** `other`: something that has no switch here. Throws where the sandbox does not answer. */
  mailTrouble(): Promise<MailTrouble | 'other'>;
  setMailTrouble(trouble: MailTrouble): Promise<void>;
  /** False: it is gone already, or runs on another machine. */
  killWorker(worker: { host: string; pid: number }): boolean;
};

/** What main.ts opened, for operations to use. `demo` is there only where the outside world is played. */
export type ServerServices = {
  database: Database;
  /** For reports over many rows: the replica where there is one, which may be a moment behind. */
  reports: Sql;
  cache: Cache;
  storage: Storage;
  settings: ServerSettings;
  /** Every job of the house, whoever's it is. */
  jobs: JobCatalogue;
  /** What becomes of what they serve, for all that moves one. */
  jobLives: JobLives;
  /** What becomes of messages for what they serve, by their kind. */
  messageSettlers: MessageSettlers;
  /** How messages are shown, by their kind. */
  previews: Readonly<Record<string, Preview>>;
  /** How long steps may take, and which are gone. */
  budgets: readonly Budget[];
  removedSteps: readonly RemovedStep[];
  /** What waits for a person: of each count the rest of `select count(*)`, `$1` the shop. */
  waiting: Readonly<Record<string, string>>;
  /** How subjects are shown, by the prefix of their ids; kit/label-subjects.ts asks them. */
  subjects: ReadonlyMap<string, SubjectKind>;
  demo?: DemoControls | undefined;
};

/** One request, as procedures see it. */
export type RequestContext = {
  services: ServerServices;
  person: Person | undefined;
  requestId: string;
  /** What the client calls this click, over all its tries. See kit/once-per-click.ts. */
  idempotencyKey: string | undefined;
  log: Logger;
  /** The request came through a proxy that the house was not told to trust: see auth/client-address.ts. */
  behindUnknownProxy: boolean;
  /** performance.now() when the request came in. */
  startedAt: number;
};

/** A request by a person whose role has been checked. */
export type SignedInContext = RequestContext & { person: Person };
