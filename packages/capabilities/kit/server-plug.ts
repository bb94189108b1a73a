import type { OpenAPIHono } from '@hono/zod-openapi';
import type { AnyTRPCRouter } from '@trpc/server';
import type { Cache } from '@windlass/cache/open-cache';
import type { Logger } from '@windlass/config/logger';
import type { Database } from '@windlass/db/open-database';
import type { Sql, Tx } from '@windlass/db/sql';
import type { RecordedEvent } from '@windlass/live/read-events';
import type { Hono } from 'hono';
import type { Registry } from 'prom-client';
import type { z } from 'zod';
import type { Budget, RemovedStep } from './budget.ts';
import type { Preview } from './compose-message.ts';
import type { Seed } from './demo-shop.ts';
import type { HttpEnv } from './http.ts';
import type { BringLives, JobCatalogue } from './job-catalogue.ts';
import type { MessageSettlers } from './message-settler.ts';
import type { SealKeys } from './seal-keys.ts';
import type { CapabilitySettings, ServerServices } from './server-context.ts';
import type { SubjectKinds } from './subject.ts';

/** The process that serves a capability's routes. */
export type ServerHost = {
  services: ServerServices;
  /** By it a route outside tRPC reads who is signed in. */
  authSecret: string;
  /** What /metrics shows; names begin with `wl_`. */
  metrics: Registry;
};

/**
 * How requests below an address are let in (apps/server/src/admission). `turn`: the body is received, at most
 * `mostBytes` of it, then the request waits for its turn to be worked on. `body`: received like that, and no turn is
 * taken: the route has a line of its own. `stream`: the route takes its body as it comes. What is named nowhere is a
 * GET that holds nothing up, such as a picture.
 */
export type Entrance = { path: string } & (
  | { admit: 'turn' | 'body'; mostBytes: number; /** hears of each that was larger */ onTooLarge?: TooLarge }
  | { admit: 'stream' }
);
type TooLarge = (sql: Sql, path: string) => Promise<void>;

/** How many secrets stood under the first key already, how many do now, and how many no key opens. */
export type Resealed = { kept: number; anew: number; unreadable: number };

/**
 * All that a capability adds to the server. The server loops over the plugs of `apps/server/src/plugs.ts` and knows no
 * capability by name.
 */
export type ServerPlug<Router extends AnyTRPCRouter = AnyTRPCRouter> = {
  router: Router;
  /** What it is told from outside; a start lists all faults of all capabilities at once. */
  env?: z.ZodRawShape;
  /** What its operations find in `settings`, out of that. */
  settings?: (env: Readonly<Record<string, unknown>>) => Partial<CapabilitySettings>;
  /** Its jobs, so that screens of jobs know their words. */
  jobs: JobCatalogue;
  /** What becomes of its messages for what they serve, by their kind. */
  messageSettlers?: MessageSettlers;
  /** What becomes of what its jobs serve as they end, and as people steer them. The same in both programs. */
  jobLives?: BringLives;
  /** Addresses of its own outside tRPC; no two capabilities share a prefix. */
  entrances?: readonly Entrance[];
  routes?: (host: ServerHost) => readonly Hono<HttpEnv>[];
  /**
   * Links that customers are given, `/<prefix>/<token>`: drawn by the portal, or by a route of its own. Robots are let
   * in to hear that they are in no index.
   */
  links?: readonly { prefix: string; page: 'portal' | 'own' }[];
  /** For other programs: below /api/v1, and in the document at /api/docs. */
  api?: (host: ServerHost) => OpenAPIHono<HttpEnv>;
  /**
   * What waits for a person, by a name the rail knows: the rest of `select count(*)`, over its own tables, `$1` the
   * shop. All capabilities' are counted in one statement.
   */
  waiting?: Readonly<Record<string, string>>;
  /** How what its jobs and messages serve is shown, whoever shows it. */
  subjects?: SubjectKinds;
  /** How long its steps may take, and steps of old that it has no more. */
  budgets?: readonly Budget[];
  removedSteps?: readonly RemovedStep[];
  /**
   * How its messages are shown before or after they were sent, by their kind. A kind that is missing is shown to
   * nobody.
   */
  previews?: Readonly<Record<string, Preview>>;
  /** Its part of the demo shop. */
  seed?: Seed;
  /** After a backup was restored: holds what would leave the house, until an admin releases it. */
  hold?: (tx: Tx) => Promise<void>;
  /**
   * Seals its secrets anew that are not under the first key (kit/sealed-secret.ts). May be run at any time and again.
   */
  reseal?: (database: Database, keys: SealKeys) => Promise<Resealed>;
  /** Done before the server listens, such as a look at the database it was given. */
  atStart?: (host: { database: Database; log: Logger }) => Promise<void>;
  /** Puts right what this process keeps copies of, by the news of the event record. */
  invalidate?: (cache: Cache, events: readonly RecordedEvent[]) => void;
};

type Typed<Router extends AnyTRPCRouter, Env extends z.ZodRawShape> = Omit<ServerPlug<Router>, 'env' | 'settings'> & {
  env?: Env;
  settings?: (env: z.output<z.ZodObject<Env>>) => Partial<CapabilitySettings>;
};

/** Keeps the router's own type, by which clients are typed, and holds `settings` to what `env` describes. */
export const defineServerPlug = <Router extends AnyTRPCRouter, Env extends z.ZodRawShape>(
  plug: Typed<Router, Env>,
): ServerPlug<Router> => plug as unknown as ServerPlug<Router>;
