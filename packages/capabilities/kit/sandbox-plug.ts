import type { Hono } from 'hono';
import type { z } from 'zod';

/** The process that plays the outside world for one machine. */
export type SandboxHost = {
  /** Where it listens: loopback. A world's own protocol servers listen there too. */
  address: string;
  port: number;
};

/** A part of the outside world: the mail server, a payment provider, a supplier. */
export type World = {
  /** Its pages and its own API stand below, e.g. `/mail`. */
  path: string;
  routes: Hono;
  /** Said when the sandbox is ready: where it is reached by its own protocol. */
  tells: string;
  close(): void | Promise<void>;
};

/**
 * The world outside as a capability meets it, over its real protocols. The sandbox loops over the plugs of
 * `apps/sandbox/src/plugs.ts` and knows no capability by name.
 */
export type SandboxPlug = {
  /** What it is told from outside; a start lists all faults of all capabilities at once. */
  env?: z.ZodRawShape;
  open: (host: SandboxHost, env: Readonly<Record<string, unknown>>) => World | Promise<World>;
};

type Typed<Env extends z.ZodRawShape> = {
  env?: Env;
  open: (host: SandboxHost, env: z.output<z.ZodObject<Env>>) => World | Promise<World>;
};

/** Holds `open` to what `env` describes. */
export const defineSandboxPlug = <Env extends z.ZodRawShape>(plug: Typed<Env>): SandboxPlug =>
  plug as unknown as SandboxPlug;
