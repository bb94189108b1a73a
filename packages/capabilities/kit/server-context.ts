import type { Person } from '@windlass/auth/principal';
import type { Logger } from '@windlass/config/logger';
import type { Database } from '@windlass/db/open-database';
import type { Storage } from '@windlass/storage/storage';

export type ServerSettings = {
  /** Where people reach this house, without a slash at the end. */
  publicUrl: string;
  /** How long an approval holds its mail back. 0 turns undo off. */
  undoSeconds: number;
  /** Derives the tokens of download links. */
  linkSecret: string;
  /** Signs page cursors, so that nobody forges one. */
  cursorSecret: string;
  trustProxy: boolean;
};

/** What main.ts opened, for operations to use. */
export type ServerServices = { database: Database; storage: Storage; settings: ServerSettings };

/** One request, as procedures see it. */
export type RequestContext = {
  services: ServerServices;
  person: Person | undefined;
  requestId: string;
  /** What the client calls this click, over all its tries. See kit/once-per-click.ts. */
  idempotencyKey: string | undefined;
  log: Logger;
  /** performance.now() when the request came in. */
  startedAt: number;
};

/** A request by a person whose role has been checked. */
export type SignedInContext = RequestContext & { person: Person };
